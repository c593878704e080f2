package org.junitnomos.mantle;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 private key as its seed of 32 bytes.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Ed25519PrivateKey {

    /** The key of the all-zero seed, which signs blobs and blocks on development builds (node contract 2.9). */
    public static final Ed25519PrivateKey ZERO = fromSeed(new byte[32]);

    private final byte[] seed;
    private final Ed25519PublicKey publicKey;

    private Ed25519PrivateKey(byte[] seed) {
        if (seed.length != 32) {
            throw new WireFormatException("", "expected a seed of 32 bytes but was " + seed.length);
        }
        this.seed = seed;
        byte[] key = new byte[32];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        this.publicKey = new Ed25519PublicKey(key);
    }

    /**
     * Creates the key of a seed.
     *
     * @param seed 32 bytes; copied
     * @return the key
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static Ed25519PrivateKey fromSeed(byte[] seed) {
        return new Ed25519PrivateKey(seed.clone());
    }

    /** {@return the seed, a fresh array of 32 bytes} */
    public byte[] seed() {
        return seed.clone();
    }

    /** {@return the public half of this key} */
    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Signs a message.
     *
     * @param message the bytes to sign
     * @return the deterministic signature
     */
    public Ed25519Signature sign(byte[] message) {
        byte[] signature = new byte[64];
        Ed25519.sign(seed, 0, publicKey.raw(), 0, null, message, 0, message.length, signature, 0);
        return new Ed25519Signature(signature);
    }

    /**
     * Signs a transaction, that is its {@linkplain TxHash#signingBytes() signing bytes}.
     *
     * @param transaction the hash of the transaction
     * @return the deterministic signature
     */
    public Ed25519Signature sign(TxHash transaction) {
        return sign(transaction.signingBytes());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ed25519PrivateKey key && Arrays.equals(seed, key.seed);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    /** Names the public key only. */
    @Override
    public String toString() {
        return "Ed25519PrivateKey[publicKey=" + publicKey + "]";
    }
}
