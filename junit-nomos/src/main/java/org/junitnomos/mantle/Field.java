package org.junitnomos.mantle;

import java.math.BigInteger;

/**
 * Multiplies in the BN254 scalar field.
 *
 * <p>A number is five limbs of 52 bits in Montgomery form with the radix 2^260. The six spare bits make most reductions
 * unnecessary: limbs may grow to 2^56 and numbers to 64 times the modulus before the next multiplication, and a product
 * of numbers below {@code a r} and {@code b r} is below {@code (1 + ab / 64) r}. Neither carries nor comparisons are
 * needed inside a product, because the high half of each limb product comes from {@link Math#multiplyHigh}, with both
 * factors shifted left by six bits, and the sum of the low halves is what remains of a wrapping sum.
 */
final class Field {

    /** Number of limbs. */
    static final int LIMBS = 5;

    static final long MASK = (1L << 52) - 1;
    static final BigInteger MODULUS =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static final long R0 = 0x1f593f0000001L;
    private static final long R1 = 0x4879b9709143eL;
    private static final long R2 = 0x181585d2833e8L;
    private static final long R3 = 0xa029b85045b68L;
    private static final long R4 = 0x030644e72e131L;

    /** The negated inverse of the modulus, modulo 2^52. */
    private static final long FACTOR = 0x1f593efffffffL;

    private static final long[] ONE = {1, 0, 0, 0, 0};
    private static final long[] RADIX_SQUARED =
            limbs(BigInteger.ONE.shiftLeft(520).mod(MODULUS));
    private static final long[] MODULUS_LIMBS = {R0, R1, R2, R3, R4};

    /** Multiples of the modulus, five limbs each. */
    private static final long[] MULTIPLES = multiples();

    private Field() {}

    /**
     * Sets {@code out} at {@code o} to the Montgomery product of {@code a} and {@code b}; all may be the same array.
     */
    static void multiply(long[] out, int o, long[] a, int p, long[] b, int q) {
        long a0 = a[p];
        long a1 = a[p + 1];
        long a2 = a[p + 2];
        long a3 = a[p + 3];
        long a4 = a[p + 4];
        long b0 = b[q];
        long b1 = b[q + 1];
        long b2 = b[q + 2];
        long b3 = b[q + 3];
        long b4 = b[q + 4];
        long h = high(a0, b0);
        long t = a0 * b0 - (h << 52);
        long m0 = t * FACTOR & MASK;
        long in = h + high(m0, R0) + (t + MASK >> 52);
        h = high(a0, b1) + high(a1, b0) + high(m0, R1);
        t = a0 * b1 + a1 * b0 + m0 * R1 - (h << 52) + in;
        long m1 = t * FACTOR & MASK;
        in = h + high(m1, R0) + (t + MASK >> 52);
        h = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(m0, R2) + high(m1, R1);
        t = a0 * b2 + a1 * b1 + a2 * b0 + m0 * R2 + m1 * R1 - (h << 52) + in;
        long m2 = t * FACTOR & MASK;
        in = h + high(m2, R0) + (t + MASK >> 52);
        h = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(m0, R3) + high(m1, R2) + high(m2, R1);
        t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + m0 * R3 + m1 * R2 + m2 * R1 - (h << 52) + in;
        long m3 = t * FACTOR & MASK;
        in = h + high(m3, R0) + (t + MASK >> 52);
        h = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        h += high(m0, R4) + high(m1, R3) + high(m2, R2) + high(m3, R1);
        t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + m0 * R4 + m1 * R3 + m2 * R2 + m3 * R1 - (h << 52) + in;
        long m4 = t * FACTOR & MASK;
        in = h + high(m4, R0) + (t + MASK >> 52);
        h = high(a1, b4) + high(a2, b3) + high(a3, b2) + high(a4, b1);
        h += high(m1, R4) + high(m2, R3) + high(m3, R2) + high(m4, R1);
        long r0 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + m1 * R4 + m2 * R3 + m3 * R2 + m4 * R1 - (h << 52) + in;
        in = h;
        h = high(a2, b4) + high(a3, b3) + high(a4, b2) + high(m2, R4) + high(m3, R3) + high(m4, R2);
        long r1 = a2 * b4 + a3 * b3 + a4 * b2 + m2 * R4 + m3 * R3 + m4 * R2 - (h << 52) + in;
        in = h;
        h = high(a3, b4) + high(a4, b3) + high(m3, R4) + high(m4, R3);
        long r2 = a3 * b4 + a4 * b3 + m3 * R4 + m4 * R3 - (h << 52) + in;
        in = h;
        h = high(a4, b4) + high(m4, R4);
        long r3 = a4 * b4 + m4 * R4 - (h << 52) + in;
        out[o] = r0 & MASK;
        out[o + 1] = (r1 & MASK) + (r0 >> 52);
        out[o + 2] = (r2 & MASK) + (r1 >> 52);
        out[o + 3] = (r3 & MASK) + (r2 >> 52);
        out[o + 4] = h + (r3 >> 52);
    }

    /** Sets {@code out} at {@code o} to the Montgomery square of {@code a}; both may be the same array. */
    static void square(long[] out, int o, long[] a, int p) {
        long a0 = a[p];
        long a1 = a[p + 1];
        long a2 = a[p + 2];
        long a3 = a[p + 3];
        long a4 = a[p + 4];
        long d0 = a0 << 1;
        long d1 = a1 << 1;
        long d2 = a2 << 1;
        long d3 = a3 << 1;
        long h = high(a0, a0);
        long t = a0 * a0 - (h << 52);
        long m0 = t * FACTOR & MASK;
        long in = h + high(m0, R0) + (t + MASK >> 52);
        h = high(d0, a1) + high(m0, R1);
        t = d0 * a1 + m0 * R1 - (h << 52) + in;
        long m1 = t * FACTOR & MASK;
        in = h + high(m1, R0) + (t + MASK >> 52);
        h = high(d0, a2) + high(a1, a1) + high(m0, R2) + high(m1, R1);
        t = d0 * a2 + a1 * a1 + m0 * R2 + m1 * R1 - (h << 52) + in;
        long m2 = t * FACTOR & MASK;
        in = h + high(m2, R0) + (t + MASK >> 52);
        h = high(d0, a3) + high(d1, a2) + high(m0, R3) + high(m1, R2) + high(m2, R1);
        t = d0 * a3 + d1 * a2 + m0 * R3 + m1 * R2 + m2 * R1 - (h << 52) + in;
        long m3 = t * FACTOR & MASK;
        in = h + high(m3, R0) + (t + MASK >> 52);
        h = high(d0, a4) + high(d1, a3) + high(a2, a2) + high(m0, R4) + high(m1, R3) + high(m2, R2) + high(m3, R1);
        t = d0 * a4 + d1 * a3 + a2 * a2 + m0 * R4 + m1 * R3 + m2 * R2 + m3 * R1 - (h << 52) + in;
        long m4 = t * FACTOR & MASK;
        in = h + high(m4, R0) + (t + MASK >> 52);
        h = high(d1, a4) + high(d2, a3) + high(m1, R4) + high(m2, R3) + high(m3, R2) + high(m4, R1);
        long r0 = d1 * a4 + d2 * a3 + m1 * R4 + m2 * R3 + m3 * R2 + m4 * R1 - (h << 52) + in;
        in = h;
        h = high(d2, a4) + high(a3, a3) + high(m2, R4) + high(m3, R3) + high(m4, R2);
        long r1 = d2 * a4 + a3 * a3 + m2 * R4 + m3 * R3 + m4 * R2 - (h << 52) + in;
        in = h;
        h = high(d3, a4) + high(m3, R4) + high(m4, R3);
        long r2 = d3 * a4 + m3 * R4 + m4 * R3 - (h << 52) + in;
        in = h;
        h = high(a4, a4) + high(m4, R4);
        long r3 = a4 * a4 + m4 * R4 - (h << 52) + in;
        out[o] = r0 & MASK;
        out[o + 1] = (r1 & MASK) + (r0 >> 52);
        out[o + 2] = (r2 & MASK) + (r1 >> 52);
        out[o + 3] = (r3 & MASK) + (r2 >> 52);
        out[o + 4] = h + (r3 >> 52);
    }

    /** Returns what is left of a product after its low 52 bits. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 6, b << 6);
    }

    /** Subtracts a multiple of the modulus that leaves less than twice the modulus, with normalized limbs. */
    static void reduce(long[] a, int p) {
        int multiple = LIMBS * (int) (((a[p + 4] >> 36) * 1354) >> 20);
        long a0 = a[p] - MULTIPLES[multiple];
        long a1 = a[p + 1] - MULTIPLES[multiple + 1];
        long a2 = a[p + 2] - MULTIPLES[multiple + 2];
        long a3 = a[p + 3] - MULTIPLES[multiple + 3];
        a[p + 4] = a[p + 4] - MULTIPLES[multiple + 4] + (a3 >> 52);
        a[p] = a0 & MASK;
        a[p + 1] = (a1 & MASK) + (a0 >> 52);
        a[p + 2] = (a2 & MASK) + (a1 >> 52);
        a[p + 3] = (a3 & MASK) + (a2 >> 52);
    }

    /** Brings the limbs back to 52 bits and a little. */
    static void carry(long[] a, int p) {
        long a0 = a[p], a1 = a[p + 1], a2 = a[p + 2], a3 = a[p + 3];
        a[p] = a0 & MASK;
        a[p + 1] = (a1 & MASK) + (a0 >> 52);
        a[p + 2] = (a2 & MASK) + (a1 >> 52);
        a[p + 3] = (a3 & MASK) + (a2 >> 52);
        a[p + 4] += a3 >> 52;
    }

    /** Brings a plain number into Montgomery form, in place. */
    static void enter(long[] a, int p) {
        multiply(a, p, a, p, RADIX_SQUARED, 0);
    }

    /** Brings a Montgomery number into plain form, in place, fully reduced. */
    static void leave(long[] a, int p) {
        multiply(a, p, a, p, ONE, 0);
        normalize(a, p);
    }

    /** Reduces a number below twice the modulus to its canonical form, in place. */
    static void normalize(long[] a, int p) {
        long carry = 0;
        for (int i = 0; i < LIMBS - 1; i++) {
            carry += a[p + i];
            a[p + i] = carry & MASK;
            carry >>= 52;
        }
        a[p + 4] += carry;
        if (isAtLeastModulus(a, p)) {
            long borrow = 0;
            for (int i = 0; i < LIMBS; i++) {
                borrow += a[p + i] - MODULUS_LIMBS[i];
                a[p + i] = borrow & MASK;
                borrow >>= 52;
            }
        }
    }

    private static boolean isAtLeastModulus(long[] a, int p) {
        for (int i = LIMBS - 1; i >= 0; i--) {
            if (a[p + i] != MODULUS_LIMBS[i]) {
                return a[p + i] > MODULUS_LIMBS[i];
            }
        }
        return true;
    }

    /** Splits a number below 2^260. */
    static long[] limbs(BigInteger value) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(52 * i).longValue() & MASK;
        }
        return limbs;
    }

    private static long[] multiples() {
        long[] table = new long[64 * LIMBS];
        for (int i = 0; i < 64; i++) {
            System.arraycopy(limbs(MODULUS.multiply(BigInteger.valueOf(i))), 0, table, i * LIMBS, LIMBS);
        }
        return table;
    }
}
