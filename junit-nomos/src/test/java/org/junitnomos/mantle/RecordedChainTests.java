package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.ProofOfLeadership.PublicInputs;
import org.junitnomos.realnode.RecordedAnswers;

/**
 * Computes from genesis, transactions and blocks of a real chain what the nodes said of them.
 *
 * <p>Not computed: nonces of later epochs, for which the length of an epoch is needed; ids of messages in channels, as
 * no answer tells one and every message that got into a block is the first of its channel; ids of declarations, as no
 * answer tells one; proofs, which only a prover understands.
 */
class RecordedChainTests {
    private final List<HeaderId> ids = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private JsonNode session;
    private GenesisTx genesis;

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static SignedMantleTx transaction(JsonNode json) {
        return MantleJson.decodeSignedTx(bytes(json));
    }

    @BeforeEach
    void readSession() throws IOException {
        session = RecordedAnswers.read("session.json");
        genesis = new GenesisTx(transaction(RecordedAnswers.read("genesis.json")));
        for (JsonNode block : session.path("blocks")) {
            ids.add(HeaderId.fromHex(block.path("id").textValue()));
            blocks.add(MantleJson.decodeBlock(bytes(block.path("answer"))));
        }
    }

    @Test
    void theGenesisBlockHasTheIdOfItsTransaction() {
        assertThat(genesis.header().id().toHex())
                .isEqualTo(session.path("genesis").textValue());
    }

    @Test
    void declarationsLockTheNotesOfGenesis() {
        assertThat(genesis.declarations())
                .hasSize(6)
                .allSatisfy(declare -> assertThat(genesis.tx().noteIds()).contains(declare.lockedNote()));
    }

    @Test
    void transactionsHaveTheirHashesAndAreReadAsTheyWereWritten() {
        assertThat(session.path("transactions")).hasSize(4).allSatisfy(recorded -> {
            SignedMantleTx transaction = transaction(recorded.path("tx"));
            assertThat(transaction.hash().toHex())
                    .isEqualTo(recorded.path("hash").textValue());
            assertThat(transaction.findShapeError())
                    .as("a signature of an operation")
                    .isEmpty();
            assertThat(transaction(RecordedJson.of(MantleJson.encode(transaction))))
                    .isEqualTo(transaction);
        });
    }

    @Test
    void blocksHaveTheirIdsAndRoots() {
        assertThat(blocks).hasSize(70);
        HeaderId parent = genesis.header().id();
        for (int i = 0; i < blocks.size(); i++) {
            Header header = blocks.get(i).header();
            assertThat(header.id()).isEqualTo(ids.get(i));
            assertThat(header.parent()).isEqualTo(parent);
            assertThat(header.blockRoot()).isEqualTo(BlockRoot.of(blocks.get(i).transactionHashes()));
            parent = header.id();
        }
    }

    @Test
    void blocksHoldWhatWasSubmittedInOrderOfTheHashes() {
        List<SignedMantleTx> included = new ArrayList<>();
        for (Block block : blocks) {
            included.addAll(block.transactions());
            assertThat(block.transactionHashes()).isSorted();
        }
        List<SignedMantleTx> submitted = new ArrayList<>();
        session.path("transactions").forEach(recorded -> submitted.add(transaction(recorded.path("tx"))));

        assertThat(included).hasSize(7).containsAll(submitted);
        List<String> blobs = new ArrayList<>();
        for (SignedMantleTx transaction : included) {
            if (transaction.tx().ops().stream().anyMatch(ChannelBlob.class::isInstance)) {
                ChannelBlob blob = (ChannelBlob) transaction.tx().ops().get(0);
                blobs.add(RecordedJson.numbers(blob.blob().toBytes()));
                assertThat(transaction.findShapeError()).isEmpty();
            }
            transaction
                    .tx()
                    .ops()
                    .forEach(op -> assertThat(((ChannelMessage) op).parent()).isEqualTo(MsgId.ZERO));
        }
        assertThat(blobs)
                .containsExactlyInAnyOrder(
                        session.at("/blobs/0/id").toString(),
                        session.at("/blobs/1/id").toString(),
                        session.at("/blobs/2/id").toString());
    }

    @Test
    void transactionsSpendNotesOfGenesis() {
        Set<NoteId> notes = new LinkedHashSet<>(genesis.tx().noteIds());
        for (Block block : blocks) {
            for (SignedMantleTx transaction : block.transactions()) {
                for (NoteId input : transaction.tx().ledgerTx().inputs()) {
                    assertThat(notes.remove(input)).isTrue();
                }
                notes.addAll(transaction.tx().noteIds());
            }
        }
        assertThat(notes).hasSize(67);
    }

    @Test
    void dependentTransactionsSpendTheNotesOfEachOther() throws IOException {
        List<LedgerTx> chained = new ArrayList<>();
        List<MantleTx> transactions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            MantleTx tx = MantleJson.decodeSignedTx(submitted("tx chained" + i)).tx();
            chained.add(tx.ledgerTx());
            transactions.add(tx);
        }

        for (int i = 1; i < 5; i++) {
            assertThat(chained.get(i).inputs())
                    .isEqualTo(transactions.get(i - 1).noteIds());
        }
    }

    private static byte[] submitted(String name) throws IOException {
        for (JsonNode call : RecordedAnswers.read("answers.json")) {
            if (call.path("case").textValue().equals(name)) {
                return call.path("body").textValue().getBytes(StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void proofsOfLeadershipAreAboutTheNotesOfTheLedger() {
        NoteTree latest = new NoteTree();
        genesis.tx().noteIds().forEach(latest::add);
        Fr first = latest.root();
        Set<Fr> aged = new LinkedHashSet<>();
        for (Block block : blocks) {
            PublicInputs inputs =
                    block.header().proofOfLeadership().publicInputs().orElseThrow();
            assertThat(inputs.slot()).isEqualTo(block.header().slot());
            assertThat(inputs.totalStake()).isEqualTo(genesis.totalStake().longValueExact());
            assertThat(inputs.latestRoot()).isEqualTo(latest.root());
            aged.add(inputs.agedRoot());
            for (SignedMantleTx transaction : block.transactions()) {
                transaction.tx().ledgerTx().inputs().forEach(latest::remove);
                transaction.tx().noteIds().forEach(latest::add);
            }
        }
        assertThat(aged).containsExactly(first, latest.root());
    }

    @Test
    void blocksAreSignedByTheirLeaders() {
        assertThat(blocks)
                .allSatisfy(block -> assertThat(block.header()
                                .proofOfLeadership()
                                .leaderKey()
                                .verify(RecordedJson.signedBytes(block.header()), block.signature()))
                        .isTrue());
    }

    @Test
    void membersHaveThePeerIdsAndAddressesOfTheirDeclarations() throws IOException {
        JsonNode membership = RecordedJson.of(session.path("calls").findParents("case").stream()
                .filter(call -> call.path("case").textValue().equals("membership"))
                .findFirst()
                .orElseThrow()
                .path("answer")
                .textValue()
                .getBytes(StandardCharsets.UTF_8));
        assertThat(membership.path("addressbook")).hasSize(3);
        for (SdpDeclare declare : genesis.declarations().subList(0, 3)) {
            assertThat(membership
                            .path("addressbook")
                            .path(declare.providerId().toPeerId())
                            .textValue())
                    .isEqualTo(declare.locators().get(0).toString());
        }
    }

    @Test
    void blobIdsAreHashesOfTheCommitments() throws IOException {
        Set<String> seen = new LinkedHashSet<>();
        for (JsonNode call : session.path("calls")) {
            if (call.path("case").textValue().endsWith("commitments")
                    && call.path("answer").textValue().startsWith("{")) {
                JsonNode answer =
                        RecordedJson.of(call.path("answer").textValue().getBytes(StandardCharsets.UTF_8));
                String asked = RecordedJson.of(call.path("body").textValue().getBytes(StandardCharsets.UTF_8))
                        .path("blob_id")
                        .toString();
                var rows = new ArrayList<byte[]>();
                answer.path("rows_commitments").forEach(row -> rows.add(RecordedJson.bytes(row)));
                var commitments = BlobCommitments.of(rows);
                assertThat(commitments.areOf(new BlobId(
                                RecordedJson.bytes(RecordedJson.of(asked.getBytes(StandardCharsets.UTF_8))))))
                        .isTrue();
                assertThat(commitments.areOf(new BlobId(new byte[32]))).isFalse();
                seen.add(asked);
            }
        }
        assertThat(seen).hasSize(3);
    }
}
