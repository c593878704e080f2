package org.junitnomos.mantle;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A Groth16 proof over BN254 as its 128 compressed bytes (node contract 1.2, Appendix C).
 *
 * <p>The bytes are not checked to be points of the curve.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ZkSignature {

    /** Length of a proof in bytes. */
    public static final int LENGTH = 128;

    /** The proof of 128 zero bytes, as in a genesis transaction. */
    public static final ZkSignature ZERO = new ZkSignature(new byte[LENGTH]);

    private final byte[] bytes;

    ZkSignature(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new WireFormatException("", "expected 128 bytes but was " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * Joins the three points of a proof.
     *
     * @param piA the first point, 32 bytes; copied
     * @param piB the second point, 64 bytes; copied
     * @param piC the third point, 32 bytes; copied
     * @return the proof
     * @throws WireFormatException if a length is wrong
     */
    public static ZkSignature of(byte[] piA, byte[] piB, byte[] piC) {
        checkLength("pi_a", piA, 32);
        checkLength("pi_b", piB, 64);
        checkLength("pi_c", piC, 32);
        byte[] bytes = Arrays.copyOf(piA, LENGTH);
        System.arraycopy(piB, 0, bytes, 32, 64);
        System.arraycopy(piC, 0, bytes, 96, 32);
        return new ZkSignature(bytes);
    }

    /**
     * Wraps the 128 bytes of a proof.
     *
     * @param bytes {@code pi_a}, {@code pi_b} and {@code pi_c} in this order; copied
     * @return the proof
     * @throws WireFormatException if there are not exactly 128 bytes
     */
    public static ZkSignature of(byte[] bytes) {
        return new ZkSignature(bytes.clone());
    }

    /** {@return the first point, a fresh array of 32 bytes} */
    public byte[] piA() {
        return Arrays.copyOfRange(bytes, 0, 32);
    }

    /** {@return the second point, a fresh array of 64 bytes} */
    public byte[] piB() {
        return Arrays.copyOfRange(bytes, 32, 96);
    }

    /** {@return the third point, a fresh array of 32 bytes} */
    public byte[] piC() {
        return Arrays.copyOfRange(bytes, 96, 128);
    }

    /** {@return this proof as a fresh array of 128 bytes} */
    public byte[] toBytes() {
        return bytes.clone();
    }

    byte[] raw() {
        return bytes;
    }

    private static void checkLength(String path, byte[] point, int length) {
        if (point.length != length) {
            throw new WireFormatException(path, "expected " + length + " bytes but was " + point.length);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ZkSignature that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "ZkSignature[" + Hex.encode(bytes) + "]";
    }
}
