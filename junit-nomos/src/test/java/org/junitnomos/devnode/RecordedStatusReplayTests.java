package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;
import org.junitnomos.realnode.RecordedStatuses;

/**
 * The hostile and dependent transactions that three real nodes were given, given to dev nodes: the same become of them.
 * As there, one node proposes first, and then the other two in one slot.
 */
class RecordedStatusReplayTests {
    private static final int NODES = 3;
    private static final int WALLETS = 46;
    private static final int SLOTS = 200;
    private static final long SLOT = 2 * DevNet.SECOND;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestGenesis genesis = new TestGenesis(NODES, WALLETS);
    private final Transfers transfers = new Transfers(genesis);
    private final Map<String, SignedMantleTx> transactions = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();

    private DevNet net() {
        return DevNet.create(NODES, Layout.FULL, genesis, config -> config).start();
    }

    /** Find a slot that one node wins alone, such that the next that another wins is won by both others. */
    private long slotOfTheFirstProposer() throws IOException {
        DevNet twin = net();
        TreeMap<Long, TreeSet<String>> winners = new TreeMap<>();
        for (int step = 0; step < SLOTS / 20; step++) {
            twin.run(20 * SLOT);
            for (Member node : twin.nodes()) {
                for (JsonNode proposal : JSON.readTree(node.get("/test/dev/proposals"))) {
                    winners.computeIfAbsent(proposal.path("slot").asLong(), slot -> new TreeSet<>())
                            .add(node.config.name());
                }
            }
        }
        for (long slot : winners.tailMap(5L).keySet()) {
            var alone = winners.get(slot);
            var next = winners.tailMap(slot, false).values().stream()
                    .filter(each -> !each.equals(alone))
                    .findFirst();
            if (alone.size() == 1
                    && next.isPresent()
                    && next.get().size() == 2
                    && !next.get().containsAll(alone)) {
                return slot;
            }
        }
        throw new AssertionError("no such slots in " + winners);
    }

    private void make() {
        transactions.put("transfer", transfers.of(0, 4));
        transactions.put("doubleSpend", transfers.of(0, 1));
        transactions.put(
                "unbalanced",
                genesis.pay(
                        1,
                        List.of(genesis.walletNote(1)),
                        List.of(new Note(101, genesis.walletKeys().get(1)))));
        transactions.put(
                "missingNote",
                genesis.renew(1, transfers.of(1, 0).tx().noteIds().get(0)));
        SignedMantleTx proven = genesis.renew(1, genesis.walletNote(1));
        transactions.put("zeroProof", TestGenesis.withProof(proven, ZkSignature.ZERO));
        transactions.put("foreignProof", genesis.sign(2, proven.tx(), List.of()));
        List<SignedMantleTx> chain = transfers.chain(3, 2, 0, 1, 4, 3);
        for (int i = 0; i < chain.size(); i++) {
            transactions.put("chained" + i, chain.get(i));
        }
        for (int i = 10; i < 20; i++) {
            transactions.put("independent" + i, genesis.renew(i, genesis.walletNote(i)));
        }
        transactions.put("inscription", genesis.inscribe(4, 10));
        makeChannelMessages();
        transactions.put(
                "zeroValue",
                genesis.pay(
                        5,
                        List.of(genesis.walletNote(5)),
                        List.of(
                                new Note(100, genesis.walletKeys().get(5)),
                                new Note(0, genesis.walletKeys().get(5)))));
        transactions.put("twoOutputs", transfers.of(6, 2));
        List<NoteId> notes = new ArrayList<>();
        for (int wallet = 7; notes.size() < 33; wallet++) {
            notes.add(genesis.walletNote(wallet % WALLETS));
        }
        transactions.put(
                "inputs33",
                genesis.pay(
                        7, notes, List.of(new Note(3300, genesis.walletKeys().get(7)))));
    }

    private void makeChannelMessages() {
        var key = genesis.wallet(4);
        var channel = ((ChannelInscribe) genesis.inscribe(4, 10).tx().ops().get(0)).channel();
        var orphan = new ChannelInscribe(channel, new byte[5], MsgId.fromHex("02".repeat(32)), key.publicKey());
        SignedMantleTx wrongParent = genesis.operate(key, orphan);
        MantleTx tx = MantleTx.of(List.of(orphan), LedgerTx.EMPTY);
        transactions.put("wrongParent", wrongParent);
        transactions.put(
                "badSignature",
                genesis.sign(
                        4, tx, List.of(new OpProof.Ed25519Sig(genesis.wallet(5).sign(tx.hash())))));
        // one id for all three, as recorded: what became of the first is asked under the name of the last
        transactions.put("tooFewProofs", new SignedMantleTx(wrongParent.tx(), List.of(), wrongParent.ledgerTxProof()));
    }

    private void submit(Member node) {
        transactions.forEach((name, transaction) -> {
            if (node.submit(transaction).status() != 200) {
                refused.add(name);
            }
        });
    }

    @Test
    void theSameBecomesOfThem() throws IOException {
        RecordedStatuses recorded = RecordedStatuses.read();
        make();
        DevNet net = net();
        net.run(slotOfTheFirstProposer() * SLOT - DevNet.SECOND);
        submit(net.node(0));
        net.run(DevNet.SECOND / 2);

        RecordedStatuses said = new RecordedStatuses();
        for (int slot = 0; slot < 60; slot++) {
            for (Member node : net.nodes()) {
                for (String name : recorded.names()) {
                    var status = JSON.readTree(node.status(transactions.get(name)));
                    said.add(name, node.config.name(), RecordedStatuses.kind(status.get(0)));
                }
            }
            net.run(SLOT);
        }

        assertThat(refused).containsExactly("foreignProof", "badSignature", "tooFewProofs");
        var mined = net.node(0).transactions();
        assertThat(mined).doesNotHaveDuplicates();
        var names = recorded.names().stream()
                .filter(name -> mined.contains(transactions.get(name)))
                .toList();
        assertThat(recorded.differences(said, names)).isEmpty();
    }
}
