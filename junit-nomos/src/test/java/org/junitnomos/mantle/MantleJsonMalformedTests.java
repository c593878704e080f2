package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MantleJsonMalformedTests {

    private static final String KEY_0 = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";
    private static final String SAMPLE =
            new String(MantleJson.encode(MantleFixtures.sampleInscription()), StandardCharsets.UTF_8);
    private static final String TRANSFER = new String(
            MantleJson.encode(MantleFixtures.transfer(
                    MantleFixtures.KEY_4, new NoteId(Fr.ONE), new Note(5, MantleFixtures.WALLET_0))),
            StandardCharsets.UTF_8);

    @Test
    void namesAShortKey() {
        assertRejected(
                SAMPLE.replace(KEY_0, "3b6a"),
                "mantle_tx.ops[0].payload.signer: expected 64 hexadecimal digits but was 4 characters \"3b6a\"");
    }

    @Test
    void namesAnotherType() {
        assertRejected(
                SAMPLE.replace("\"" + KEY_0 + "\"", "5"),
                "mantle_tx.ops[0].payload.signer: expected a string but was 5");
        assertRejected(
                SAMPLE.replace("\"ops\":[", "\"ops\":{\"a\":[").replace("],\"ledger_tx\":", "]},\"ledger_tx\":"),
                "mantle_tx.ops: expected an array but was an object");
        assertRejected(
                SAMPLE.replace("\"opcode\":0", "\"opcode\":\"0\""),
                "mantle_tx.ops[0].opcode: expected a number from 0 to 18446744073709551615 but was the string \"0\"");
        assertRejected("[]", "expected an object but was an array");
        assertRejected("null", "expected an object but was null");
    }

    @Test
    void namesNumbersOutOfRange() {
        assertRejected(
                TRANSFER.replace("\"value\":5", "\"value\":18446744073709551616"),
                "mantle_tx.ledger_tx.outputs[0].value: expected a number from 0 to 18446744073709551615"
                        + " but was 18446744073709551616");
        assertRejected(
                TRANSFER.replace("\"value\":5", "\"value\":-1"),
                "mantle_tx.ledger_tx.outputs[0].value: expected a number from 0 to 18446744073709551615 but was -1");
        assertRejected(
                TRANSFER.replace("\"value\":5", "\"value\":5.0"),
                "mantle_tx.ledger_tx.outputs[0].value: expected a number from 0 to 18446744073709551615 but was 5.0");
        assertRejected(
                SAMPLE.replace("[104,101,", "[104,256,"),
                "mantle_tx.ops[0].payload.inscription[1]: expected a number from 0 to 255 but was 256");
        assertRejected(
                SAMPLE.replace("[104,101,", "[104,99999999999999999999,"),
                "mantle_tx.ops[0].payload.inscription[1]: expected a number from 0 to 255 but was 99999999999999999999");
        assertRejected(
                SAMPLE.replace("[104,101,", "[104,null,"),
                "mantle_tx.ops[0].payload.inscription[1]: expected a number from 0 to 255 but was null");
    }

    @Test
    void namesArraysOfWrongLength() {
        assertRejected(
                SAMPLE.replace("{\"Ed25519Sig\":[149,", "{\"Ed25519Sig\":["),
                "ops_proofs[0].Ed25519Sig: expected an array of 64 numbers but was 63");
        assertRejected(
                SAMPLE.replace("{\"Ed25519Sig\":[149,", "{\"Ed25519Sig\":[149,149,"),
                "ops_proofs[0].Ed25519Sig[64]: expected an array of 64 numbers but was longer");
    }

    @Test
    void namesFieldElementsThatAreNotCanonical() {
        String pk = MantleFixtures.WALLET_0.toHex();
        assertRejected(
                TRANSFER.replace(pk, "f".repeat(64)),
                "mantle_tx.ledger_tx.outputs[0].pk: expected a field element below the BN254 scalar modulus but was "
                        + "f".repeat(64));
    }

    @Test
    void namesMissingAndRepeatedFields() {
        assertRejected(
                SAMPLE.replace(",\"signer\":\"" + KEY_0 + "\"", ""),
                "mantle_tx.ops[0].payload: expected the field \"signer\" but was missing");
        assertRejected(
                SAMPLE.replace("\"opcode\":0,", ""), "mantle_tx.ops[0]: expected the field \"opcode\" but was missing");
        assertRejected("{}", "expected the field \"mantle_tx\" but was missing");
        assertRejected(
                SAMPLE.replace("\"opcode\":0", "\"opcode\":0,\"opcode\":0"),
                "mantle_tx.ops[0].opcode: expected the field once but was repeated");
    }

    @Test
    void namesUnknownKinds() {
        assertRejected(
                SAMPLE.replace("\"opcode\":0", "\"opcode\":7"),
                "mantle_tx.ops[0].opcode: expected an opcode of 0, 1, 2, 32, 33, 34 or 48 but was 7");
        assertRejected(
                SAMPLE.replace("Ed25519Sig", "RsaSig"),
                "ops_proofs[0].RsaSig: expected one of NoProof, Ed25519Sig, ZkSig, ZkAndEd25519Sigs but was RsaSig");
        assertRejected(
                SAMPLE.replaceFirst("\\{\"Ed25519Sig\":[^}]*}", "\"None\""),
                "ops_proofs[0]: expected \"NoProof\" but was the string \"None\"");
        assertRejected(
                SAMPLE.replaceFirst("\\{\"Ed25519Sig\":[^}]*}", "{}"),
                "ops_proofs[0]: expected a proof such as {\"Ed25519Sig\":[...]} but was an empty object");
    }

    @Test
    void namesThePlaceInAPayloadThatCameFirst() {
        String json = SAMPLE.replace("{\"opcode\":0,\"payload\":", "{\"payload\":")
                .replace("}}],\"ledger_tx\"", "},\"opcode\":0}],\"ledger_tx\"");
        assertRejected(
                json.replace(KEY_0, "zz" + KEY_0.substring(2)),
                "mantle_tx.ops[0].payload.signer: expected 64 hexadecimal digits but was \"zz" + KEY_0.substring(2)
                        + "\"");
        assertRejected(
                json.replace("\"opcode\":0", "\"opcode\":1"),
                "mantle_tx.ops[0].payload: expected the field \"channel\" but was missing");
    }

    @Test
    void namesDefectsOfBlocks() {
        String block = new String(MantleJson.encode(MantleFixtures.block(new Random(2))), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MantleJson.decodeBlock(bytes(block.replace("Bedrock", "Granite"))))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("header.version: expected \"Bedrock\" but was the string \"Granite\"");
        assertThatThrownBy(() -> MantleJson.decodeApiBlock(bytes(block)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected the field \"header.id\" but was missing");
        assertThatThrownBy(() -> MantleJson.decodeBlock(bytes(block.replace("\"slot\":", "\"slut\":"))))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("header")
                .hasMessageContaining("expected the field \"slot\" but was missing");
    }

    @Test
    void namesDefectsOfIds() {
        assertThatThrownBy(() -> MantleJsonValues.decodeTxHashes(bytes("[\"" + KEY_0 + "\",3]")))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("[1]: expected a string but was 3");
        assertThatThrownBy(() -> MantleJsonValues.decodeBlobId(bytes("[1,2]")))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected an array of 32 numbers but was 2");
        assertThatThrownBy(() -> MantleJsonValues.decodeDeclaration(bytes("{\"service_type\":\"XX\"}")))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("service_type: expected \"BN\" or \"DA\" but was \"XX\"");
    }

    @Test
    void rejectsWhatIsNotJson() {
        assertRejected("", "expected JSON but was empty");
        assertThatThrownBy(() -> MantleJson.decodeSignedTx(bytes(SAMPLE + "x")))
                .isInstanceOf(WireFormatException.class)
                .hasMessageStartingWith("expected well-formed JSON but Unrecognized token 'x'");
        assertRejected(SAMPLE + "{}", "expected the end of the JSON text but was followed by an object");
        assertThatThrownBy(() -> MantleJson.decodeSignedTx("{\"a\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(WireFormatException.class)
                .hasMessageStartingWith("a: expected well-formed JSON but Invalid UTF-8");
    }

    @Test
    void rejectsEveryTruncation() {
        for (int length = 0; length < SAMPLE.length(); length++) {
            byte[] cut = bytes(SAMPLE.substring(0, length));
            assertThatThrownBy(() -> MantleJson.decodeSignedTx(cut)).isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void rejectsBottomlessNesting() {
        assertThatThrownBy(() -> MantleJson.decodeSignedTx(bytes("{\"a\":" + "[".repeat(1_000_000))))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void neverFailsOtherwiseOnRandomChanges() {
        Random random = new Random(8);
        byte[] alphabet = bytes("{}[]\",:0123456789.-eabcdefn\\ ");
        int rejected = 0;
        for (int i = 0; i < 4000; i++) {
            byte[] json = MantleJson.encode(MantleFixtures.signedTx(random));
            for (int change = 0; change <= random.nextInt(3); change++) {
                json[random.nextInt(json.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            try {
                SignedMantleTx read = MantleJson.decodeSignedTx(json);
                assertThat(MantleJson.decodeSignedTx(MantleJson.encode(read))).isEqualTo(read);
            } catch (WireFormatException e) {
                rejected++;
                assertThat(e).hasMessageContaining("expected");
            }
        }
        assertThat(rejected).isBetween(500, 3990);
    }

    @Test
    void neverFailsOtherwiseOnMovedPieces() {
        Random random = new Random(9);
        int rejected = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] json = MantleJson.encode(MantleFixtures.block(random));
            byte[] moved = json.clone();
            int length = random.nextInt(json.length / 2);
            int from = random.nextInt(json.length - length);
            System.arraycopy(json, from, moved, random.nextInt(json.length - length), length);
            try {
                Block read = MantleJson.decodeBlock(moved);
                assertThat(MantleJson.decodeBlock(MantleJson.encode(read))).isEqualTo(read);
            } catch (WireFormatException e) {
                rejected++;
                assertThat(e).hasMessageContaining("expected");
            }
        }
        assertThat(rejected).isGreaterThan(500);
    }

    private static void assertRejected(String json, String message) {
        assertThatThrownBy(() -> MantleJson.decodeSignedTx(bytes(json)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(message);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
