package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.realnode.RecordedAnswers;

/** Proofs of a real prover, and the bytes of them that real nodes took. */
class Groth16ProofTests {
    private static final String POINT = "[\"1\",\"2\",\"1\"]";
    private static final String TWIST = "[[\"1\",\"2\"],[\"3\",\"4\"],[\"1\",\"0\"]]";

    static JsonNode recorded() throws IOException {
        return RecordedAnswers.read("zksign.json").get("proofs");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void compressesAsNodesTakeIt(JsonNode recorded) {
        ZkSignature proof = Groth16Proof.decode(bytes(recorded.get("proof").toString()));

        assertThat(Hex.encode(proof.piA())).isEqualTo(recorded.get("piA").asText());
        assertThat(Hex.encode(proof.piB())).isEqualTo(recorded.get("piB").asText());
        assertThat(Hex.encode(proof.piC())).isEqualTo(recorded.get("piC").asText());
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ownersAreThePublicInputs(JsonNode recorded) {
        for (int i = 0; i < recorded.get("secretKeys").size(); i++) {
            var secret = new ZkSecretKey(Fr.of(
                    new java.math.BigInteger(recorded.get("secretKeys").get(i).asText())));
            assertThat(secret.toPublicKey().value().toBigInteger())
                    .isEqualTo(recorded.get("publicInputs").get(i).asText());
        }
    }

    @Test
    void passesOverTheNulBytesThatProversLeave() {
        byte[] json = bytes(proof(POINT, TWIST, POINT));

        assertThat(Groth16Proof.decode(Arrays.copyOf(json, json.length + 7))).isEqualTo(Groth16Proof.decode(json));
    }

    @Test
    void marksInfinity() {
        ZkSignature proof = Groth16Proof.decode(bytes(
                proof("[\"0\",\"1\",\"0\"]", "[[\"0\",\"0\"],[\"1\",\"0\"],[\"0\",\"0\"]]", "[\"0\",\"1\",\"0\"]")));

        assertThat(proof.piA()).endsWith(0x40).startsWith(new byte[31]);
        assertThat(proof.piB()).endsWith(0x40).startsWith(new byte[63]);
    }

    @Test
    void signOfTwistIsThatOfItsSecondPartUnlessItIsZero() {
        String high = "21888242871839275222246405745257275088696311157297823662689037894645226208582";

        assertThat(last(TWIST)).isZero();
        assertThat(last("[[\"1\",\"2\"],[\"3\",\"" + high + "\"],[\"1\",\"0\"]]"))
                .isEqualTo((byte) 0x80);
        assertThat(last("[[\"1\",\"2\"],[\"" + high + "\",\"4\"],[\"1\",\"0\"]]"))
                .isZero();
        assertThat(last("[[\"1\",\"2\"],[\"" + high + "\",\"0\"],[\"1\",\"0\"]]"))
                .isEqualTo((byte) 0x80);
    }

    private static byte last(String twist) {
        return Groth16Proof.decode(bytes(proof(POINT, twist, POINT))).piB()[63];
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|pi_a",
                "{\"pi_a\":[\"1\",\"2\"]}|pi_a",
                "{\"pi_a\":[\"x\",\"2\",\"1\"]}|pi_a",
                "{\"pi_a\":[\"-1\",\"2\",\"1\"],\"pi_b\":[],\"pi_c\":[]}|pi_a",
                "{\"pi_a\":7}|pi_a",
                "not json|expected well-formed JSON"
            })
    void namesThePointThatIsWrong(String json, String named) {
        assertThatExceptionOfType(WireFormatException.class)
                .isThrownBy(() -> Groth16Proof.decode(bytes(json)))
                .withMessageContaining(named);
    }

    @Test
    void refusesCoordinatesOutsideOfTheField() {
        String q = "21888242871839275222246405745257275088696311157297823662689037894645226208583";

        assertThatExceptionOfType(WireFormatException.class)
                .isThrownBy(() -> Groth16Proof.decode(bytes(proof("[\"" + q + "\",\"2\",\"1\"]", TWIST, POINT))))
                .withMessage("pi_a: expected numbers from 0 to q - 1 but was " + q);
    }

    private static String proof(String a, String b, String c) {
        return "{\"pi_a\":" + a + ",\"pi_b\":" + b + ",\"pi_c\":" + c + ",\"protocol\":\"groth16\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
