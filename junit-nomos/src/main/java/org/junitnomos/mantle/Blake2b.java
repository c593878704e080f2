package org.junitnomos.mantle;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Computes Blake2b hashes of 256 bits.
 */
final class Blake2b {

    private Blake2b() {}

    /**
     * Hashes the concatenation of the given parts.
     *
     * @param parts the input in order
     * @return a fresh array of 32 bytes
     */
    public static byte[] hash(byte[]... parts) {
        Blake2bDigest digest = new Blake2bDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
