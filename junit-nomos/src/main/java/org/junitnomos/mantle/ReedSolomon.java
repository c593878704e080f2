package org.junitnomos.mantle;

/**
 * Extends and restores rows of bytes over the field of 256 elements (polynomial {@code 0x11d}).
 *
 * <p>A row of k bytes is the values of a polynomial of degree below k at the points 0 to k - 1; its extension is the
 * values at the points from k on. So the row itself stays readable, and any k values give back all others.
 */
final class ReedSolomon {
    /** Points of the field: a row and its extension have at most this many bytes. */
    static final int POINTS = 256;

    private static final int POLYNOMIAL = 0x11d;
    private static final byte[] EXP = new byte[2 * (POINTS - 1)];
    private static final int[] LOG = new int[POINTS];

    static {
        int value = 1;
        for (int i = 0; i < POINTS - 1; i++) {
            EXP[i] = (byte) value;
            EXP[i + POINTS - 1] = (byte) value;
            LOG[value] = i;
            value <<= 1;
            if (value >= POINTS) {
                value ^= POLYNOMIAL;
            }
        }
    }

    private ReedSolomon() {}

    /**
     * Computes the factors that turn the values at some points into the value at another one.
     *
     * @param known different points from 0 to 255
     * @param wanted a point from 0 to 255
     * @return one factor a known point
     */
    static int[] factors(int[] known, int wanted) {
        int[] factors = new int[known.length];
        for (int i = 0; i < known.length; i++) {
            int factor = 1;
            for (int j = 0; j < known.length; j++) {
                if (j != i) {
                    factor = multiply(factor, divide(wanted ^ known[j], known[i] ^ known[j]));
                }
            }
            factors[i] = factor;
        }
        return factors;
    }

    /** Adds a multiple of some bytes to others of the same length. */
    static void addMultiple(byte[] target, byte[] source, int factor) {
        if (factor == 0) {
            return;
        }
        byte[] products = new byte[POINTS];
        for (int i = 0; i < POINTS; i++) {
            products[i] = (byte) multiply(i, factor);
        }
        for (int i = 0; i < target.length; i++) {
            target[i] ^= products[source[i] & 255];
        }
    }

    private static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : EXP[LOG[a] + LOG[b]] & 255;
    }

    private static int divide(int a, int b) {
        return a == 0 ? 0 : EXP[LOG[a] + POINTS - 1 - LOG[b]] & 255;
    }
}
