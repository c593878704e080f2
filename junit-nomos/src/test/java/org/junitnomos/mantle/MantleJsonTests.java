package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MantleJsonTests {

    private static final String KEY_0 = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";
    private static final String ZERO_HEX = "0".repeat(64);
    private static final String ZERO_PROOF =
            "{\"pi_a\":" + numbers(32, 0) + ",\"pi_b\":" + numbers(64, 0) + ",\"pi_c\":" + numbers(32, 0) + "}";

    /** The body of a transaction as the contract shows it, less the ledger proof. */
    private static final String SAMPLE_OPS = "\"ops\":[{\"opcode\":0,\"payload\":{\"channel_id\":\"" + "01".repeat(32)
            + "\",\"inscription\":[104,101,108,108,111],\"parent\":\"" + ZERO_HEX + "\",\"signer\":\"" + KEY_0
            + "\"}}],\"ledger_tx\":{\"inputs\":[],\"outputs\":[]},\"execution_gas_price\":0,\"storage_gas_price\":0}";

    @Nested
    class Shapes {

        @Test
        void writesASignedInscription() {
            SignedMantleTx signed = MantleFixtures.sampleInscription();
            assertThat(text(MantleJson.encode(signed))).isEqualTo("{\"mantle_tx\":{" + SAMPLE_OPS + proofs(signed));
        }

        @Test
        void writesATransfer() {
            NoteId note = MantleFixtures.sampleGenesis().tx().noteIds().get(0);
            MantleTx tx = new MantleTx(
                    List.of(), new LedgerTx(List.of(note), List.of(new Note(-1, MantleFixtures.WALLET_0))), 3, -2);
            assertThat(text(MantleJson.encode(new SignedMantleTx(tx, List.of(), ZkSignature.ZERO))))
                    .isEqualTo("{\"mantle_tx\":{\"ops\":[],\"ledger_tx\":{"
                            + "\"inputs\":[\"12e5c967d5ae51b4f90d6cd71f36f9deba0d944a8fd3fa194c8b219f33108d2c\"],"
                            + "\"outputs\":[{\"value\":18446744073709551615,"
                            + "\"pk\":\"29b67531bb6456772e2d0aaef94bbe48df0c6fdcfe03c56e9ce86b3c104e861a\"}]},"
                            + "\"execution_gas_price\":3,\"storage_gas_price\":18446744073709551614},"
                            + "\"ops_proofs\":[],\"ledger_tx_proof\":" + ZERO_PROOF + "}");
        }

        @Test
        void writesEveryKindOfPayloadAndProof() {
            SdpDeclare declare = new SdpDeclare(
                    ServiceType.DATA_AVAILABILITY,
                    List.of(Multiaddr.parse("/ip4/127.0.0.1/udp/3300/quic-v1")),
                    Ed25519PublicKey.of(MantleFixtures.filled(3)),
                    new ZkPublicKey(Fr.of(4)),
                    new NoteId(Fr.of(5)));
            ChannelBlob blob = new ChannelBlob(
                    ChannelId.of(MantleFixtures.filled(1)),
                    2,
                    BlobId.of(MantleFixtures.filled(3)),
                    4,
                    5,
                    MsgId.ZERO,
                    Ed25519PublicKey.ZERO);
            List<Op> ops = List.of(
                    blob,
                    new ChannelSetKeys(ChannelId.ZERO, List.of(Ed25519PublicKey.ZERO)),
                    declare,
                    new SdpWithdraw(DeclarationId.of(new byte[32]), new NoteId(Fr.ZERO), 7),
                    new SdpActive(
                            DeclarationId.of(new byte[32]),
                            8,
                            new ActivityMetadata.DataAvailability(9, new byte[] {1}, new byte[0])),
                    new LeaderClaim(Fr.ZERO, Fr.ZERO, new TxHash(Fr.ZERO)));
            List<OpProof> proofs = List.of(
                    new OpProof.NoProof(),
                    new OpProof.ZkSig(ZkSignature.ZERO),
                    new OpProof.ZkAndEd25519Sigs(ZkSignature.ZERO, Ed25519Signature.ZERO));
            SignedMantleTx signed = new SignedMantleTx(MantleTx.of(ops, LedgerTx.EMPTY), proofs, ZkSignature.ZERO);
            String zeros = numbers(32, 0);
            assertThat(text(MantleJson.encode(signed)))
                    .contains("{\"opcode\":1,\"payload\":{\"channel\":\"" + "01".repeat(32)
                            + "\",\"session\":2,\"blob\":"
                            + numbers(32, 3) + ",\"blob_size\":4,\"da_storage_gas_price\":5,\"parent\":\"" + ZERO_HEX
                            + "\",\"signer\":\"" + ZERO_HEX + "\"}}")
                    .contains("{\"opcode\":2,\"payload\":{\"channel\":\"" + ZERO_HEX + "\",\"keys\":[\"" + ZERO_HEX
                            + "\"]}}")
                    .contains("{\"opcode\":32,\"payload\":" + text(JsonBodies.encode(declare)) + "}")
                    .contains("{\"opcode\":33,\"payload\":{\"declaration_id\":" + zeros + ",\"locked_note_id\":\""
                            + ZERO_HEX + "\",\"nonce\":7}}")
                    .contains("{\"opcode\":34,\"payload\":{\"declaration_id\":" + zeros + ",\"nonce\":8,\"metadata\":"
                            + "{\"DataAvailability\":{\"current_session\":9,\"previous_session_opinions\":[1],"
                            + "\"current_session_opinions\":[]}}}}")
                    .contains("{\"opcode\":48,\"payload\":{\"rewards_root\":\"" + ZERO_HEX
                            + "\",\"voucher_nullifier\":\"" + ZERO_HEX + "\",\"mantle_tx_hash\":\"" + ZERO_HEX + "\"}}")
                    .contains("\"ops_proofs\":[\"NoProof\",{\"ZkSig\":" + ZERO_PROOF + "},{\"ZkAndEd25519Sigs\":{"
                            + "\"zk_sig\":" + ZERO_PROOF + ",\"ed25519_sig\":" + numbers(64, 0) + "}}]");
            assertThat(text(JsonBodies.encode(declare)))
                    .isEqualTo("{\"service_type\":\"DA\",\"locators\":[\"/ip4/127.0.0.1/udp/3300/quic-v1\"],"
                            + "\"provider_id\":\"" + "03".repeat(32) + "\",\"zk_id\":\"04" + "0".repeat(62)
                            + "\",\"locked_note_id\":\"05" + "0".repeat(62) + "\"}");
            assertThat(MantleJson.decodeSignedTx(MantleJson.encode(signed))).isEqualTo(signed);
        }

        @Test
        void writesABlockInBothForms() {
            SignedMantleTx tx = MantleFixtures.sampleInscription();
            ProofOfLeadership proof = ProofOfLeadership.development(
                    new ProofOfLeadership.PublicInputs(7, Fr.ZERO, 3006, Fr.ONE, Fr.of(2)));
            Header header = new Header(
                    MantleFixtures.sampleGenesis().header().id(), 7, BlockRoot.of(List.of(tx.hash())), proof);
            Block block = new Block(header, Ed25519Signature.ZERO, List.of(tx));
            String rest = "\"parent_block\":\"02962bd04c3b48dcb0775ffc3c341b2d507d86f53cc3e571cea9cf7eef08dc10\","
                    + "\"slot\":7,\"block_root\":\"e6a18e33ebe9dd2d6c1cdc5f68c12653097175978f8f9b3fabae914e6977becf\","
                    + "\"proof_of_leadership\":{\"proof\":" + numbers(128, 0) + ",\"entropy_contribution\":\""
                    + ZERO_HEX
                    + "\",\"leader_key\":\"" + KEY_0 + "\",\"voucher_cm\":\"" + ZERO_HEX
                    + "\",\"public\":{\"slot\":7,\"epoch_nonce\":\"" + ZERO_HEX
                    + "\",\"total_stake\":3006,\"aged_root\":\"01" + "0".repeat(62) + "\",\"latest_root\":\"02"
                    + "0".repeat(62) + "\"}}}";
            assertThat(text(MantleJson.encode(block)))
                    .isEqualTo("{\"header\":{\"version\":\"Bedrock\"," + rest + ",\"signature\":" + numbers(64, 0)
                            + ",\"transactions\":[{\"mantle_tx\":{" + SAMPLE_OPS + proofs(tx) + "]}");
            assertThat(text(MantleJson.encodeApi(block)))
                    .isEqualTo("{\"header\":{"
                            + "\"id\":\"7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03\"," + rest
                            + ",\"transactions\":[{\"mantle_tx\":{"
                            + "\"hash\":\"22fb008e00763c7647b9f526deeeed039852f5cf64febb393d59144f2618571a\","
                            + SAMPLE_OPS + proofs(tx) + "]}");
        }

        @Test
        void writesIdsInTheFormOfTheirKind() {
            assertThat(text(MantleJsonValues.encode(HeaderId.ZERO))).isEqualTo("\"" + ZERO_HEX + "\"");
            assertThat(text(MantleJsonValues.encode(BlobId.of(MantleFixtures.filled(200)))))
                    .isEqualTo(numbers(32, 200));
            assertThat(text(MantleJsonValues.encode(DeclarationId.of(MantleFixtures.filled(15)))))
                    .isEqualTo(numbers(32, 15));
        }

        private static String proofs(SignedMantleTx signed) {
            byte[] signature =
                    ((OpProof.Ed25519Sig) signed.opProofs().get(0)).signature().toBytes();
            String numbers = IntStream.range(0, 64)
                    .mapToObj(i -> String.valueOf(signature[i] & 255))
                    .collect(Collectors.joining(",", "[", "]"));
            return ",\"ops_proofs\":[{\"Ed25519Sig\":" + numbers + "}],\"ledger_tx_proof\":" + ZERO_PROOF + "}";
        }
    }

    @Nested
    class RoundTrips {

        @Test
        void readsTheTransactionsItWrote() {
            Random random = new Random(31);
            for (int i = 0; i < 500; i++) {
                SignedMantleTx signed = MantleFixtures.signedTx(random);
                byte[] json = MantleJson.encode(signed);
                SignedMantleTx read = MantleJson.decodeSignedTx(json);
                assertThat(read).isEqualTo(signed);
                assertThat(MantleJson.encode(read)).isEqualTo(json);
                assertThat(MantleCodec.decodeSignedTx(MantleCodec.encode(read))).isSameAs(read);
            }
        }

        @Test
        void readsTheBlocksItWrote() {
            Random random = new Random(32);
            for (int i = 0; i < 100; i++) {
                Block block = MantleFixtures.block(random);
                Block read = MantleJson.decodeBlock(MantleJson.encode(block));
                assertThat(read).isEqualTo(block);
                assertThat(read.id()).isEqualTo(block.id());
                assertThat(MantleJson.decodeApiBlock(MantleJson.encodeApi(block)))
                        .isEqualTo(new ApiBlock(block.id(), block.header(), block.transactions()));
                assertThat(MantleJson.decodeApiBlocks(MantleJson.encodeApi(List.of(block, block))))
                        .hasSize(2);
            }
        }

        @Test
        void readsTheSmallBodiesItWrote() {
            Random random = new Random(33);
            for (int i = 0; i < 100; i++) {
                SdpDeclare declaration = MantleFixtures.declaration(random);
                assertThat(MantleJsonValues.decodeDeclaration(JsonBodies.encode(declaration)))
                        .isEqualTo(declaration);
                ActivityMetadata metadata = MantleFixtures.metadata(random);
                assertThat(MantleJsonValues.decodeActivity(JsonBodies.encode(metadata)))
                        .isEqualTo(metadata);
                List<HeaderId> ids =
                        MantleFixtures.list(random, 4, () -> HeaderId.of(MantleFixtures.bytes(random, 32)));
                assertThat(text(MantleJsonValues.encodeHeaderIds(ids)))
                        .isEqualTo(texts(ids.stream().map(HeaderId::toHex)));
                List<TxHash> hashes = MantleFixtures.list(random, 4, () -> new TxHash(MantleFixtures.fr(random)));
                assertThat(MantleJsonValues.decodeTxHashes(bytes(
                                texts(hashes.stream().map(hash -> hash.value().toHex())))))
                        .isEqualTo(hashes);
                BlobId blob = BlobId.of(MantleFixtures.bytes(random, 32));
                assertThat(MantleJsonValues.decodeBlobId(MantleJsonValues.encode(blob)))
                        .isEqualTo(blob);
                DeclarationId id = DeclarationId.of(MantleFixtures.bytes(random, 32));
                assertThat(MantleJsonValues.decodeDeclarationId(MantleJsonValues.encode(id)))
                        .isEqualTo(id);
                HeaderId header = HeaderId.of(MantleFixtures.bytes(random, 32));
                assertThat(MantleJsonValues.decodeHeaderId(MantleJsonValues.encode(header)))
                        .isEqualTo(header);
            }
        }

        @Test
        void readsLists() {
            Random random = new Random(34);
            GenesisTx genesis = MantleFixtures.sampleGenesis();
            assertThat(MantleJson.decodeGenesisTx(MantleJson.encode(genesis))).isEqualTo(genesis);
        }
    }

    @Nested
    class Leniency {

        @Test
        void skipsUnknownFieldsWhereverTheyAre() {
            SignedMantleTx signed = MantleFixtures.sampleInscription();
            String json = text(MantleJson.encode(signed)).replace("{\"", "{\"later\":{\"a\":[1,{}]},\"");
            assertThat(json).contains("\"payload\":{\"later\"");
            String inUnions = json.replace("{\"later\":{\"a\":[1,{}]},\"Ed25519Sig\"", "{\"Ed25519Sig\"");
            assertThat(MantleJson.decodeSignedTx(bytes(inUnions))).isEqualTo(signed);
        }

        @Test
        void acceptsPayloadBeforeOpcode() {
            SignedMantleTx signed = MantleFixtures.sampleInscription();
            String json = text(MantleJson.encode(signed))
                    .replace("{\"opcode\":0,\"payload\":", "{\"payload\" : ")
                    .replace("}}],\"ledger_tx\"", "} , \"opcode\":0}],\"ledger_tx\"");
            assertThat(MantleJson.decodeSignedTx(bytes(json))).isEqualTo(signed);
        }

        @Test
        void readsAnUnknownBlockAsEmpty() {
            assertThat(MantleJson.decodeOptionalBlock(bytes("null"))).isEmpty();
            Block block = MantleFixtures.block(new Random(1));
            assertThat(MantleJson.decodeOptionalBlock(MantleJson.encode(block))).contains(block);
        }

        @Test
        void acceptsABareProofOfSelection() {
            ActivityMetadata.Blend blend =
                    new ActivityMetadata.Blend(1, Ed25519PublicKey.ZERO, Fr.ONE, ZkSignature.ZERO, Fr.of(2));
            String json = text(JsonBodies.encode(blend));
            String bare = json.replace(
                    "{\"selection_randomness\":\"02" + "0".repeat(62) + "\"}", "\"02" + "0".repeat(62) + "\"");
            assertThat(bare).isNotEqualTo(json);
            assertThat(MantleJsonValues.decodeActivity(bytes(bare))).isEqualTo(blend);
        }
    }

    @Test
    void keepsTheJsonOfABlockButHandsOutCopies() {
        Block block = MantleFixtures.block(new Random(2));
        byte[] first = MantleJson.encode(block);
        byte[] copy = first.clone();
        Arrays.fill(first, (byte) 0);
        assertThat(MantleJson.encode(block)).isEqualTo(copy);
        assertThat(block.storageJson()).isSameAs(block.storageJson());
    }

    private static String numbers(int count, int value) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(value))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String texts(Stream<String> texts) {
        return texts.map(each -> '"' + each + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
