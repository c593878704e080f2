package org.junitnomos.mantle;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 signature of 64 bytes.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Ed25519Signature {

    /** Length of a signature in bytes. */
    public static final int LENGTH = 64;

    /** The signature of 64 zero bytes; never valid. */
    public static final Ed25519Signature ZERO = new Ed25519Signature(new byte[LENGTH]);

    private final byte[] bytes;

    Ed25519Signature(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new WireFormatException("", "expected 64 bytes but was " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * Wraps 64 bytes.
     *
     * @param bytes the bytes; copied
     * @return the signature
     * @throws WireFormatException if there are not exactly 64 bytes
     */
    public static Ed25519Signature of(byte[] bytes) {
        return new Ed25519Signature(bytes.clone());
    }

    /**
     * Reads a signature from text.
     *
     * @param hex 128 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the signature
     * @throws WireFormatException if the text is anything else
     */
    public static Ed25519Signature fromHex(String hex) {
        return new Ed25519Signature(Hex.decode(hex, LENGTH));
    }

    /** {@return the 64 bytes of this signature, as a fresh array} */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** {@return the signature as 128 lower-case hexadecimal digits} */
    public String toHex() {
        return Hex.encode(bytes);
    }

    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Ed25519Signature that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(LittleEndian.getLong(bytes, 0) ^ LittleEndian.getLong(bytes, 32));
    }

    @Override
    public String toString() {
        return toHex();
    }
}
