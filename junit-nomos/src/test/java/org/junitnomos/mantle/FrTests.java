package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FrTests {

    private static final BigInteger R =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");
    private static final String R_HEX = "010000f093f5e1439170b97948e833285d588181b64550b829a031e1724e6430";

    @Nested
    class ComparedWithBigIntegers {

        @Test
        void computesAndConvertsTenThousandValuesAlike() {
            Random random = new Random(4711);
            BigInteger radix = BigInteger.ONE.shiftLeft(256);
            for (int i = 0; i < 10_000; i++) {
                BigInteger a = sample(random);
                BigInteger b = sample(random);
                Fr x = Fr.of(a);
                Fr y = Fr.of(b);
                assertThat(x.toBigInteger()).isEqualTo(a);
                assertThat(x.multiply(y).toBigInteger()).isEqualTo(a.multiply(b).mod(R));
                assertThat(x.add(y).toBigInteger()).isEqualTo(a.add(b).mod(R));
                assertThat(Integer.signum(x.compareTo(y))).isEqualTo(a.compareTo(b));
                assertThat(Fr.fromLittleEndianBytes(x.montgomeryBytes()).toBigInteger())
                        .isEqualTo(a.multiply(radix).mod(R));
                assertThat(Fr.fromHex(x.toHex())).isEqualTo(x).hasSameHashCodeAs(x);
                assertThat(Fr.fromLittleEndianBytes(x.toLittleEndianBytes())).isEqualTo(x);
            }
        }

        @Test
        void keepsUnreducedProductsRightUpToTheDocumentedBounds() {
            Random random = new Random(12);
            for (int i = 0; i < 10_000; i++) {
                BigInteger a = sample(random).add(R.multiply(BigInteger.valueOf(random.nextInt(15))));
                BigInteger b = sample(random).add(R.multiply(BigInteger.valueOf(random.nextInt(15))));
                long[] numbers = Arrays.copyOf(Field.limbs(a), 3 * Field.LIMBS);
                System.arraycopy(Field.limbs(b), 0, numbers, Field.LIMBS, Field.LIMBS);
                BigInteger inverse = BigInteger.ONE.shiftLeft(260).modInverse(R);
                Field.multiply(numbers, 10, numbers, 0, numbers, 5);
                assertThat(value(numbers, 10).mod(R))
                        .isEqualTo(a.multiply(b).multiply(inverse).mod(R));
                assertThat(value(numbers, 10)).isLessThan(R.multiply(BigInteger.valueOf(5)));
                Field.square(numbers, 10, numbers, 0);
                assertThat(value(numbers, 10).mod(R))
                        .isEqualTo(a.multiply(a).multiply(inverse).mod(R));
                Field.reduce(numbers, 0);
                assertThat(value(numbers, 0).mod(R)).isEqualTo(a.mod(R));
                assertThat(value(numbers, 0)).isBetween(BigInteger.ZERO, R.shiftLeft(1));
            }
        }

        private static BigInteger value(long[] limbs, int from) {
            BigInteger value = BigInteger.ZERO;
            for (int i = Field.LIMBS - 1; i >= 0; i--) {
                value = value.shiftLeft(52).add(BigInteger.valueOf(limbs[from + i]));
            }
            return value;
        }

        /** Mix random numbers with those next to the borders of limbs and modulus. */
        private static BigInteger sample(Random random) {
            BigInteger offset = BigInteger.valueOf(random.nextInt(5) - 2);
            return switch (random.nextInt(4)) {
                case 0 -> R.subtract(BigInteger.ONE).subtract(BigInteger.valueOf(random.nextInt(3)));
                case 1 ->
                    BigInteger.ONE.shiftLeft(52 * random.nextInt(5)).add(offset).mod(R);
                case 2 ->
                    BigInteger.ONE.shiftLeft(64 * random.nextInt(4)).add(offset).mod(R);
                default -> new BigInteger(260, random).mod(R);
            };
        }
    }

    @Test
    void readsBytesModuloTheModulus() {
        Random random = new Random(7);
        for (int length = 0; length < 80; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] reversed = new byte[length];
            for (int i = 0; i < length; i++) {
                reversed[i] = bytes[length - 1 - i];
            }
            assertThat(Fr.fromLittleEndianModulo(bytes).toBigInteger()).isEqualTo(new BigInteger(1, reversed).mod(R));
        }
    }

    @Test
    void takesNumbersAsUnsigned() {
        assertThat(Fr.of(-1).toBigInteger()).isEqualTo(new BigInteger("18446744073709551615"));
    }

    @Test
    void writesMontgomeryBytesOfOneAsTheContractSays() {
        assertThat(Hex.encode(Fr.ONE.montgomeryBytes()))
                .isEqualTo("fbffff4f1c3496ac29cd609f9576fc362e4679786fa36e662fdf079ac1770a0e");
    }

    @Test
    void readsPrefixedAndUpperCaseText() {
        String hex = "1a01ab85bdb8a0d333e266fc559efc0f2cb64390469fde274615bffe8fba110e";
        assertThat(Fr.fromHex("0x" + hex.toUpperCase(java.util.Locale.ROOT))).hasToString(hex);
    }

    @Test
    void rejectsTheModulusAndWhatIsAbove() {
        assertThatThrownBy(() -> Fr.fromHex(R_HEX))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected a field element below the BN254 scalar modulus but was " + R_HEX);
        assertThatThrownBy(() -> Fr.fromHex("ff".repeat(32)))
                .isInstanceOf(WireFormatException.class)
                .hasMessageStartingWith("expected a field element below");
        assertThat(Fr.fromHex("00" + R_HEX.substring(2)).toBigInteger()).isEqualTo(R.subtract(BigInteger.ONE));
    }

    @Test
    void rejectsTextOfWrongLengthOrDigits() {
        assertThatThrownBy(() -> Fr.fromHex("00"))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected 64 hexadecimal digits but was 2 characters \"00\"");
        assertThatThrownBy(() -> Fr.fromHex("g" + "0".repeat(63)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected 64 hexadecimal digits but was \"g" + "0".repeat(63) + "\"");
        assertThatThrownBy(() -> Fr.fromLittleEndianBytes(new byte[31]))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected 32 bytes but was 31");
    }
}
