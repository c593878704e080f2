package org.junitnomos.mantle;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * An id of 32 raw bytes; the common part of all ids that are not field elements.
 *
 * <p>Two ids are equal when they are of the same kind and have the same bytes. The order is that of the unsigned bytes.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public abstract sealed class Id32 implements Comparable<Id32>
        permits BlobId, BlockRoot, ChannelId, DeclarationId, Ed25519PublicKey, HeaderId, MsgId {

    /** Length of every id in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    Id32(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new WireFormatException("", "expected 32 bytes but was " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** {@return the 32 bytes of this id, as a fresh array} */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** {@return the id as 64 lower-case hexadecimal digits without prefix} */
    public String toHex() {
        return Hex.encode(bytes);
    }

    byte[] raw() {
        return bytes;
    }

    @Override
    public final int compareTo(Id32 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other != null && other.getClass() == getClass() && Arrays.equals(bytes, ((Id32) other).bytes));
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(31 * LittleEndian.getLong(bytes, 0) + LittleEndian.getLong(bytes, 24));
    }

    @Override
    public final String toString() {
        return toHex();
    }
}
