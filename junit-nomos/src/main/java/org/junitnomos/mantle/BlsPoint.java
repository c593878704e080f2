package org.junitnomos.mantle;

import java.math.BigInteger;

/** A point of the curve BLS12-381 (its group G1), which the commitment of a real node to a row is. */
final class BlsPoint {
    static final int LENGTH = 96;

    private static final BigInteger P = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);
    private static final BigInteger B = BigInteger.valueOf(4);
    private static final int HALF = LENGTH / 2;

    /** The first three bits of a point are flags: compressed, infinite, the greater of both roots. */
    private static final int INFINITE = 0x40;

    private static final int GREATER = 0x20;
    private static final int COORDINATE = 0x1f;

    private BlsPoint() {}

    /**
     * Computes both coordinates of a point, big-endian.
     *
     * @param compressed 48 bytes; what is no point gives bytes of no meaning
     * @return 96 bytes
     */
    static byte[] uncompress(byte[] compressed) {
        byte[] point = new byte[LENGTH];
        if ((compressed[0] & INFINITE) != 0) {
            point[0] = INFINITE;
            return point;
        }
        boolean greater = (compressed[0] & GREATER) != 0;
        byte[] coordinate = compressed.clone();
        coordinate[0] &= COORDINATE;
        BigInteger x = new BigInteger(1, coordinate);
        BigInteger root = x.pow(3).add(B).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        boolean isGreater = root.compareTo(P.subtract(root)) > 0;
        put(x, point, 0);
        put(isGreater == greater ? root : P.subtract(root), point, HALF);
        return point;
    }

    private static void put(BigInteger number, byte[] target, int at) {
        byte[] bytes = number.toByteArray();
        int skip = Math.max(0, bytes.length - HALF);
        int length = bytes.length - skip;
        System.arraycopy(bytes, skip, target, at + HALF - length, length);
    }
}
