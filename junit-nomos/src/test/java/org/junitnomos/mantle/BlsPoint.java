package org.junitnomos.mantle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** Computes the id of a blob from points of the curve BLS12-381, which the commitments of its rows are. */
final class BlsPoint {
    private static final BigInteger P = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);

    private BlsPoint() {}

    /** Hash the uncompressed points (node contract 2.3); the id as JSON. */
    static String blobId(JsonNode commitments) {
        Blake2bDigest digest = new Blake2bDigest(256);
        for (JsonNode row : commitments) {
            digest.update(uncompress(RecordedJson.bytes(row)), 0, 96);
        }
        byte[] id = new byte[32];
        digest.doFinal(id, 0);
        return RecordedJson.numbers(id);
    }

    /** The first three bits of a compressed point are flags: compressed, infinite, the greater of both roots. */
    private static byte[] uncompress(byte[] compressed) {
        boolean greater = (compressed[0] & 0x20) != 0;
        byte[] coordinate = compressed.clone();
        coordinate[0] &= 0x1f;
        BigInteger x = new BigInteger(1, coordinate);
        BigInteger square = x.pow(3).add(BigInteger.valueOf(4)).mod(P);
        BigInteger root = square.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        boolean isGreater = root.compareTo(P.subtract(root)) > 0;
        BigInteger y = isGreater == greater ? root : P.subtract(root);
        byte[] point = new byte[96];
        put(x, point, 0);
        put(y, point, 48);
        return point;
    }

    private static void put(BigInteger number, byte[] target, int at) {
        byte[] bytes = number.toByteArray();
        int skip = Math.max(0, bytes.length - 48);
        int length = bytes.length - skip;
        System.arraycopy(bytes, skip, target, at + 48 - length, length);
    }
}
