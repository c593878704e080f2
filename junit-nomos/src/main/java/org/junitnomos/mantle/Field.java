package org.junitnomos.mantle;

import java.math.BigInteger;

/**
 * Multiply in the BN254 scalar field.
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
    private static final long N0 = R0 << 6;
    private static final long N1 = R1 << 6;
    private static final long N2 = R2 << 6;
    private static final long N3 = R3 << 6;
    private static final long N4 = R4 << 6;

    /** The negated inverse of the modulus, modulo 2^52. */
    private static final long FACTOR = 0x1f593efffffffL;

    private static final long[] ONE = {1, 0, 0, 0, 0};
    private static final long[] RADIX_SQUARED = limbs(BigInteger.ONE.shiftLeft(520).mod(MODULUS));
    private static final long[] MODULUS_LIMBS = {R0, R1, R2, R3, R4};

    /** Multiples of the modulus, five limbs each. */
    private static final long[] MULTIPLES = multiples();

    private Field() {}

    /** Set {@code out} at {@code o} to the Montgomery product of {@code a} and {@code b}; all may be the same array. */
    @SuppressWarnings("checkstyle:MethodLength") // one straight line of arithmetic, unrolled for speed
    static void multiply(long[] out, int o, long[] a, int p, long[] b, int q) {
        long a0 = a[p], a1 = a[p + 1], a2 = a[p + 2], a3 = a[p + 3], a4 = a[p + 4];
        long b0 = b[q], b1 = b[q + 1], b2 = b[q + 2], b3 = b[q + 3], b4 = b[q + 4];
        long x0 = a0 << 6, x1 = a1 << 6, x2 = a2 << 6, x3 = a3 << 6, x4 = a4 << 6;
        long y0 = b0 << 6, y1 = b1 << 6, y2 = b2 << 6, y3 = b3 << 6, y4 = b4 << 6;
        long s0 = a0 * b0;
        long h0 = Math.multiplyHigh(x0, y0);
        long s1 = a0 * b1 + a1 * b0;
        long h1 = Math.multiplyHigh(x0, y1) + Math.multiplyHigh(x1, y0);
        long s2 = a0 * b2 + a1 * b1 + a2 * b0;
        long h2 = Math.multiplyHigh(x0, y2) + Math.multiplyHigh(x1, y1) + Math.multiplyHigh(x2, y0);
        long s3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
        long h3 = Math.multiplyHigh(x0, y3)
                + Math.multiplyHigh(x1, y2)
                + Math.multiplyHigh(x2, y1)
                + Math.multiplyHigh(x3, y0);
        long s4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        long h4 = Math.multiplyHigh(x0, y4)
                + Math.multiplyHigh(x1, y3)
                + Math.multiplyHigh(x2, y2)
                + Math.multiplyHigh(x3, y1)
                + Math.multiplyHigh(x4, y0);
        long s5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1;
        long h5 = Math.multiplyHigh(x1, y4)
                + Math.multiplyHigh(x2, y3)
                + Math.multiplyHigh(x3, y2)
                + Math.multiplyHigh(x4, y1);
        long s6 = a2 * b4 + a3 * b3 + a4 * b2;
        long h6 = Math.multiplyHigh(x2, y4) + Math.multiplyHigh(x3, y3) + Math.multiplyHigh(x4, y2);
        long s7 = a3 * b4 + a4 * b3;
        long h7 = Math.multiplyHigh(x3, y4) + Math.multiplyHigh(x4, y3);
        long s8 = a4 * b4;
        long h8 = Math.multiplyHigh(x4, y4);
        long t = s0 - (h0 << 52);
        long carry = (t + MASK) >> 52;
        long m = (t * FACTOR) & MASK;
        long n = m << 6;
        h0 += Math.multiplyHigh(n, N0);
        s1 += m * R1;
        h1 += Math.multiplyHigh(n, N1);
        s2 += m * R2;
        h2 += Math.multiplyHigh(n, N2);
        s3 += m * R3;
        h3 += Math.multiplyHigh(n, N3);
        s4 += m * R4;
        h4 += Math.multiplyHigh(n, N4);
        t = s1 - (h1 << 52) + h0 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h1 += Math.multiplyHigh(n, N0);
        s2 += m * R1;
        h2 += Math.multiplyHigh(n, N1);
        s3 += m * R2;
        h3 += Math.multiplyHigh(n, N2);
        s4 += m * R3;
        h4 += Math.multiplyHigh(n, N3);
        s5 += m * R4;
        h5 += Math.multiplyHigh(n, N4);
        t = s2 - (h2 << 52) + h1 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h2 += Math.multiplyHigh(n, N0);
        s3 += m * R1;
        h3 += Math.multiplyHigh(n, N1);
        s4 += m * R2;
        h4 += Math.multiplyHigh(n, N2);
        s5 += m * R3;
        h5 += Math.multiplyHigh(n, N3);
        s6 += m * R4;
        h6 += Math.multiplyHigh(n, N4);
        t = s3 - (h3 << 52) + h2 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h3 += Math.multiplyHigh(n, N0);
        s4 += m * R1;
        h4 += Math.multiplyHigh(n, N1);
        s5 += m * R2;
        h5 += Math.multiplyHigh(n, N2);
        s6 += m * R3;
        h6 += Math.multiplyHigh(n, N3);
        s7 += m * R4;
        h7 += Math.multiplyHigh(n, N4);
        t = s4 - (h4 << 52) + h3 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h4 += Math.multiplyHigh(n, N0);
        s5 += m * R1;
        h5 += Math.multiplyHigh(n, N1);
        s6 += m * R2;
        h6 += Math.multiplyHigh(n, N2);
        s7 += m * R3;
        h7 += Math.multiplyHigh(n, N3);
        s8 += m * R4;
        h8 += Math.multiplyHigh(n, N4);
        long r0 = s5 - (h5 << 52) + h4 + carry;
        long r1 = s6 - (h6 << 52) + h5;
        long r2 = s7 - (h7 << 52) + h6;
        long r3 = s8 - (h8 << 52) + h7;
        out[o] = r0 & MASK;
        out[o + 1] = (r1 & MASK) + (r0 >> 52);
        out[o + 2] = (r2 & MASK) + (r1 >> 52);
        out[o + 3] = (r3 & MASK) + (r2 >> 52);
        out[o + 4] = h8 + (r3 >> 52);
    }

    /** Set {@code out} at {@code o} to the Montgomery square of {@code a}; both may be the same array. */
    @SuppressWarnings("checkstyle:MethodLength") // as above
    static void square(long[] out, int o, long[] a, int p) {
        long a0 = a[p], a1 = a[p + 1], a2 = a[p + 2], a3 = a[p + 3], a4 = a[p + 4];
        long d0 = a0 << 1, d1 = a1 << 1, d2 = a2 << 1, d3 = a3 << 1;
        long x0 = a0 << 6, x1 = a1 << 6, x2 = a2 << 6, x3 = a3 << 6, x4 = a4 << 6;
        long e0 = a0 << 7, e1 = a1 << 7, e2 = a2 << 7, e3 = a3 << 7;
        long s0 = a0 * a0;
        long h0 = Math.multiplyHigh(x0, x0);
        long s1 = d0 * a1;
        long h1 = Math.multiplyHigh(e0, x1);
        long s2 = d0 * a2 + a1 * a1;
        long h2 = Math.multiplyHigh(e0, x2) + Math.multiplyHigh(x1, x1);
        long s3 = d0 * a3 + d1 * a2;
        long h3 = Math.multiplyHigh(e0, x3) + Math.multiplyHigh(e1, x2);
        long s4 = d0 * a4 + d1 * a3 + a2 * a2;
        long h4 = Math.multiplyHigh(e0, x4) + Math.multiplyHigh(e1, x3) + Math.multiplyHigh(x2, x2);
        long s5 = d1 * a4 + d2 * a3;
        long h5 = Math.multiplyHigh(e1, x4) + Math.multiplyHigh(e2, x3);
        long s6 = d2 * a4 + a3 * a3;
        long h6 = Math.multiplyHigh(e2, x4) + Math.multiplyHigh(x3, x3);
        long s7 = d3 * a4;
        long h7 = Math.multiplyHigh(e3, x4);
        long s8 = a4 * a4;
        long h8 = Math.multiplyHigh(x4, x4);
        long t = s0 - (h0 << 52);
        long carry = (t + MASK) >> 52;
        long m = (t * FACTOR) & MASK;
        long n = m << 6;
        h0 += Math.multiplyHigh(n, N0);
        s1 += m * R1;
        h1 += Math.multiplyHigh(n, N1);
        s2 += m * R2;
        h2 += Math.multiplyHigh(n, N2);
        s3 += m * R3;
        h3 += Math.multiplyHigh(n, N3);
        s4 += m * R4;
        h4 += Math.multiplyHigh(n, N4);
        t = s1 - (h1 << 52) + h0 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h1 += Math.multiplyHigh(n, N0);
        s2 += m * R1;
        h2 += Math.multiplyHigh(n, N1);
        s3 += m * R2;
        h3 += Math.multiplyHigh(n, N2);
        s4 += m * R3;
        h4 += Math.multiplyHigh(n, N3);
        s5 += m * R4;
        h5 += Math.multiplyHigh(n, N4);
        t = s2 - (h2 << 52) + h1 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h2 += Math.multiplyHigh(n, N0);
        s3 += m * R1;
        h3 += Math.multiplyHigh(n, N1);
        s4 += m * R2;
        h4 += Math.multiplyHigh(n, N2);
        s5 += m * R3;
        h5 += Math.multiplyHigh(n, N3);
        s6 += m * R4;
        h6 += Math.multiplyHigh(n, N4);
        t = s3 - (h3 << 52) + h2 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h3 += Math.multiplyHigh(n, N0);
        s4 += m * R1;
        h4 += Math.multiplyHigh(n, N1);
        s5 += m * R2;
        h5 += Math.multiplyHigh(n, N2);
        s6 += m * R3;
        h6 += Math.multiplyHigh(n, N3);
        s7 += m * R4;
        h7 += Math.multiplyHigh(n, N4);
        t = s4 - (h4 << 52) + h3 + carry;
        carry = (t + MASK) >> 52;
        m = (t * FACTOR) & MASK;
        n = m << 6;
        h4 += Math.multiplyHigh(n, N0);
        s5 += m * R1;
        h5 += Math.multiplyHigh(n, N1);
        s6 += m * R2;
        h6 += Math.multiplyHigh(n, N2);
        s7 += m * R3;
        h7 += Math.multiplyHigh(n, N3);
        s8 += m * R4;
        h8 += Math.multiplyHigh(n, N4);
        long r0 = s5 - (h5 << 52) + h4 + carry;
        long r1 = s6 - (h6 << 52) + h5;
        long r2 = s7 - (h7 << 52) + h6;
        long r3 = s8 - (h8 << 52) + h7;
        out[o] = r0 & MASK;
        out[o + 1] = (r1 & MASK) + (r0 >> 52);
        out[o + 2] = (r2 & MASK) + (r1 >> 52);
        out[o + 3] = (r3 & MASK) + (r2 >> 52);
        out[o + 4] = h8 + (r3 >> 52);
    }

    /** Subtract a multiple of the modulus that leaves less than twice the modulus, with normalized limbs. */
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

    /** Bring the limbs back to 52 bits and a little. */
    static void carry(long[] a, int p) {
        long a0 = a[p], a1 = a[p + 1], a2 = a[p + 2], a3 = a[p + 3];
        a[p] = a0 & MASK;
        a[p + 1] = (a1 & MASK) + (a0 >> 52);
        a[p + 2] = (a2 & MASK) + (a1 >> 52);
        a[p + 3] = (a3 & MASK) + (a2 >> 52);
        a[p + 4] += a3 >> 52;
    }

    /** Bring a plain number into Montgomery form, in place. */
    static void enter(long[] a, int p) {
        multiply(a, p, a, p, RADIX_SQUARED, 0);
    }

    /** Bring a Montgomery number into plain form, in place, fully reduced. */
    static void leave(long[] a, int p) {
        multiply(a, p, a, p, ONE, 0);
        normalize(a, p);
    }

    /** Reduce a number below twice the modulus to its canonical form, in place. */
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

    /** Split a number below 2^260. */
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
