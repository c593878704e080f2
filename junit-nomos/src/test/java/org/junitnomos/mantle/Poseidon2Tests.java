package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Poseidon2Tests {

    @Test
    void permutesAsTheContractSays() {
        assertThat(Poseidon2.permute(Fr.ZERO, Fr.ONE, Fr.of(2)))
                .extracting(element -> String.format("%064x", element.toBigInteger()))
                .containsExactly(
                        "0bb61d24daca55eebcb1929a82650f328134334da98ea4f847f760054f4a3033",
                        "303b6f7c86d043bfcbcc80214f26a30277a15d3f74ca654992defe7ff8d03570",
                        "1ed25194542b12eef8617361c3ba7c52e660b145994427cc86296242cf766ec8");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 14440562208246903332530876912784724937356723424375796042690034647976142142243",
        "1, 13955187255749411516377601857453481686854514827536340092448578824571923228920",
        "2, 9632004710537414903275898870712812796867229507472840228295932832943785232633"
    })
    void digestsOneElement(long input, BigInteger digest) {
        assertThat(Poseidon2.digest(Fr.of(input)).toBigInteger()).isEqualTo(digest);
    }

    @Test
    void digestsThreeElements() {
        assertThat(Poseidon2.digest(Fr.ZERO, Fr.ONE, Fr.of(2)).toBigInteger())
                .isEqualTo("21739021971472524335152491270920095773040444510968189350907442466992269802900");
    }

    @Test
    void compressesTwoZeros() {
        assertThat(Poseidon2.compress(Fr.ZERO, Fr.ZERO))
                .hasToString("823eaaa087cd69eaf1a5e3e9a70dc9135c0d3949ab885bd35b634db100dad12e");
    }

    @Test
    void resumesFromAStateWithoutChangingIt() {
        Poseidon2State prefix = Poseidon2State.EMPTY.absorb(Fr.of(3)).absorb(Fr.of(4));
        for (long i = 0; i < 20; i++) {
            assertThat(prefix.absorb(Fr.of(i)).digest()).isEqualTo(Poseidon2.digest(Fr.of(3), Fr.of(4), Fr.of(i)));
            assertThat(prefix.absorb(Fr.of(i)).output()).isEqualTo(Poseidon2.sequence(Fr.of(3), Fr.of(4), Fr.of(i)));
        }
    }

    @Test
    void absorbsBytesInChunksOf31() {
        byte[] bytes = new byte[64];
        new Random(1).nextBytes(bytes);
        assertThat(Poseidon2State.EMPTY.absorbBytes(bytes).output())
                .isEqualTo(Poseidon2.sequence(
                        Fr.fromLittleEndianModulo(java.util.Arrays.copyOfRange(bytes, 0, 31)),
                        Fr.fromLittleEndianModulo(java.util.Arrays.copyOfRange(bytes, 31, 62)),
                        Fr.fromLittleEndianModulo(java.util.Arrays.copyOfRange(bytes, 62, 64))));
    }

    /** The plain definition on big integers; slow, and free of the tricks of the fast one. */
    @Test
    void agreesWithThePlainDefinitionOnRandomStates() {
        Random random = new Random(99);
        for (int i = 0; i < 300; i++) {
            BigInteger[] state = {sample(random), sample(random), sample(random)};
            Fr[] fast = Poseidon2.permute(Fr.of(state[0]), Fr.of(state[1]), Fr.of(state[2]));
            BigInteger[] plain = PlainPoseidon2.permute(state);
            for (int k = 0; k < 3; k++) {
                assertThat(fast[k].toBigInteger()).isEqualTo(plain[k]);
            }
        }
    }

    private static BigInteger sample(Random random) {
        return random.nextInt(3) == 0
                ? Field.MODULUS.subtract(BigInteger.valueOf(1 + random.nextInt(3)))
                : new BigInteger(254, random).mod(Field.MODULUS);
    }
}
