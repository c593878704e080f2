package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key as its 32 raw bytes.
 *
 * <p>The bytes are not required to be a point of the curve; no signature verifies under a key that is not.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Ed25519PublicKey extends Id32 {

    /** The key of 32 zero bytes, signer of the genesis inscription (node contract 2.8). */
    public static final Ed25519PublicKey ZERO = new Ed25519PublicKey(new byte[LENGTH]);

    Ed25519PublicKey(byte[] bytes) {
        super(bytes);
    }

    /**
     * Wraps 32 bytes.
     *
     * @param bytes the bytes; copied
     * @return the key
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static Ed25519PublicKey of(byte[] bytes) {
        return new Ed25519PublicKey(bytes.clone());
    }

    /**
     * Reads a key from text.
     *
     * @param hex 64 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the key
     * @throws WireFormatException if the text is anything else
     */
    public static Ed25519PublicKey fromHex(String hex) {
        return new Ed25519PublicKey(Hex.decode(hex, LENGTH));
    }

    /**
     * Checks a signature of a message.
     *
     * @param message the signed bytes
     * @param signature the signature
     * @return whether the signature is valid under this key
     */
    public boolean verify(byte[] message, Ed25519Signature signature) {
        return Ed25519.verify(signature.raw(), 0, raw(), 0, message, 0, message.length);
    }

    /** {@return the libp2p peer id of a node with this key, as base58, like {@code 12D3KooW...} (node contract 1.2)} */
    public String toPeerId() {
        return PeerId.ofKey(raw());
    }
}
