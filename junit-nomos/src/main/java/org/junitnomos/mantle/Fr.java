package org.junitnomos.mantle;

import java.math.BigInteger;
import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * An element of the BN254 scalar field: an integer from 0 to r - 1 (node contract 1.2, Appendix A).
 *
 * <p>Text and bytes are little-endian. Elements are ordered as integers.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Fr implements Comparable<Fr> {

    /** Length of the encoding in bytes. */
    public static final int LENGTH = 32;

    /** The element 0. */
    public static final Fr ZERO = new Fr(0, 0, 0, 0);

    /** The element 1. */
    public static final Fr ONE = new Fr(1, 0, 0, 0);

    /** The modulus r, itself no element; only to compare with. */
    private static final Fr MODULUS =
            new Fr(0x43e1f593f0000001L, 0x2833e84879b97091L, 0xb85045b68181585dL, 0x30644e72e131a029L);

    /** The factor that turns a plain number into the Montgomery form of the nodes, whose radix is 2^256. */
    private static final long[] NODE_RADIX =
            Field.limbs(BigInteger.ONE.shiftLeft(256 + 260).mod(Field.MODULUS));

    private final long l0;
    private final long l1;
    private final long l2;
    private final long l3;

    private Fr(long l0, long l1, long l2, long l3) {
        this.l0 = l0;
        this.l1 = l1;
        this.l2 = l2;
        this.l3 = l3;
    }

    /**
     * Returns the element of a number.
     *
     * @param value the number, taken as unsigned
     * @return the element
     */
    public static Fr of(long value) {
        return new Fr(value, 0, 0, 0);
    }

    /**
     * Returns the element of a number, modulo r.
     *
     * @param value the number; may be negative
     * @return the element
     */
    public static Fr of(BigInteger value) {
        BigInteger reduced = value.mod(Field.MODULUS);
        return new Fr(
                reduced.longValue(),
                reduced.shiftRight(64).longValue(),
                reduced.shiftRight(128).longValue(),
                reduced.shiftRight(192).longValue());
    }

    /**
     * Decodes the canonical encoding.
     *
     * @param bytes 32 bytes, least significant first
     * @return the element
     * @throws WireFormatException if there are not 32 bytes or the number is not below r
     */
    public static Fr fromLittleEndianBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new WireFormatException("", "expected 32 bytes but was " + bytes.length);
        }
        return fromLittleEndianBytes(bytes, 0);
    }

    static Fr fromLittleEndianBytes(byte[] bytes, int offset) {
        Fr element = new Fr(
                LittleEndian.getLong(bytes, offset),
                LittleEndian.getLong(bytes, offset + 8),
                LittleEndian.getLong(bytes, offset + 16),
                LittleEndian.getLong(bytes, offset + 24));
        if (element.compareTo(MODULUS) >= 0) {
            throw new WireFormatException(
                    "",
                    "expected a field element below the BN254 scalar modulus but was "
                            + Hex.encode(Arrays.copyOfRange(bytes, offset, offset + LENGTH)));
        }
        return element;
    }

    /**
     * Reads bytes as a little-endian number, modulo r.
     *
     * @param bytes any number of bytes
     * @return the element
     */
    public static Fr fromLittleEndianModulo(byte[] bytes) {
        if (bytes.length < LENGTH) {
            return fromLittleEndianBytes(Arrays.copyOf(bytes, LENGTH), 0);
        }
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return of(new BigInteger(1, bigEndian));
    }

    /**
     * Reads an element from text.
     *
     * @param hex 64 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the element
     * @throws WireFormatException if the text is anything else or the number is not below r
     */
    public static Fr fromHex(String hex) {
        return fromLittleEndianBytes(Hex.decode(hex, LENGTH), 0);
    }

    /** {@return the little-endian bytes of the element as 64 lower-case hexadecimal digits} */
    public String toHex() {
        return Hex.encode(toLittleEndianBytes());
    }

    /** Encodes the element in a fresh array of 32 bytes, least significant first. */
    public byte[] toLittleEndianBytes() {
        byte[] bytes = new byte[LENGTH];
        putLittleEndianBytes(bytes, 0);
        return bytes;
    }

    void putLittleEndianBytes(byte[] bytes, int offset) {
        LittleEndian.putLong(bytes, offset, l0);
        LittleEndian.putLong(bytes, offset + 8, l1);
        LittleEndian.putLong(bytes, offset + 16, l2);
        LittleEndian.putLong(bytes, offset + 24, l3);
    }

    /**
     * {@return the Montgomery form nodes keep in memory, {@code value * 2^256 mod r} (node contract 2.3), as a fresh
     * array of 32 bytes, least significant first}
     */
    public byte[] montgomeryBytes() {
        long[] product = new long[Field.LIMBS];
        split(product, 0);
        Field.multiply(product, 0, product, 0, NODE_RADIX, 0);
        Field.normalize(product, 0);
        return join(product, 0).toLittleEndianBytes();
    }

    /**
     * Adds another element.
     *
     * @param other the other element
     * @return the sum modulo r
     */
    public Fr add(Fr other) {
        long[] sum = new long[2 * Field.LIMBS];
        split(sum, 0);
        other.split(sum, Field.LIMBS);
        for (int i = 0; i < Field.LIMBS; i++) {
            sum[i] += sum[i + Field.LIMBS];
        }
        Field.normalize(sum, 0);
        return join(sum, 0);
    }

    /**
     * Multiplies by another element.
     *
     * @param other the other element
     * @return the product modulo r
     */
    public Fr multiply(Fr other) {
        long[] product = new long[2 * Field.LIMBS];
        toMontgomery(product, 0);
        other.split(product, Field.LIMBS);
        Field.multiply(product, 0, product, 0, product, Field.LIMBS);
        Field.normalize(product, 0);
        return join(product, 0);
    }

    /** {@return the element as an integer from 0 to r - 1} */
    public BigInteger toBigInteger() {
        byte[] bytes = toLittleEndianBytes();
        for (int i = 0; i < LENGTH / 2; i++) {
            byte low = bytes[i];
            bytes[i] = bytes[LENGTH - 1 - i];
            bytes[LENGTH - 1 - i] = low;
        }
        return new BigInteger(1, bytes);
    }

    void toMontgomery(long[] out, int o) {
        split(out, o);
        Field.enter(out, o);
    }

    /** Adds this element to the Montgomery number at the start of the array. */
    void addMontgomery(long[] state) {
        long[] own = new long[Field.LIMBS];
        toMontgomery(own, 0);
        for (int i = 0; i < Field.LIMBS; i++) {
            state[i] += own[i];
        }
    }

    /** Reads a Montgomery number; the array is spoiled. */
    static Fr fromMontgomery(long[] number, int o) {
        Field.leave(number, o);
        return join(number, o);
    }

    private void split(long[] out, int o) {
        out[o] = l0 & Field.MASK;
        out[o + 1] = (l0 >>> 52 | l1 << 12) & Field.MASK;
        out[o + 2] = (l1 >>> 40 | l2 << 24) & Field.MASK;
        out[o + 3] = (l2 >>> 28 | l3 << 36) & Field.MASK;
        out[o + 4] = l3 >>> 16;
    }

    private static Fr join(long[] in, int o) {
        return new Fr(
                in[o] | in[o + 1] << 52,
                in[o + 1] >>> 12 | in[o + 2] << 40,
                in[o + 2] >>> 24 | in[o + 3] << 28,
                in[o + 3] >>> 36 | in[o + 4] << 16);
    }

    @Override
    public int compareTo(Fr other) {
        if (l3 != other.l3) {
            return Long.compareUnsigned(l3, other.l3);
        }
        if (l2 != other.l2) {
            return Long.compareUnsigned(l2, other.l2);
        }
        return l1 != other.l1 ? Long.compareUnsigned(l1, other.l1) : Long.compareUnsigned(l0, other.l0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Fr that && l0 == that.l0 && l1 == that.l1 && l2 == that.l2 && l3 == that.l3);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(l0 ^ l1 * 31 ^ l2 ^ l3);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
