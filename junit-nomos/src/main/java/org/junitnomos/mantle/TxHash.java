package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The id of a transaction: the Poseidon2 digest of its encoding (node contract 2.3).
 *
 * @param value the field element
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record TxHash(Fr value) implements Comparable<TxHash> {

    /**
     * {@return the 32 bytes an Ed25519 key signs, as a fresh array: the hash in Montgomery form (node contract 2.3)}
     */
    public byte[] signingBytes() {
        return value.montgomeryBytes();
    }

    /**
     * Reads from text.
     *
     * @param hex 64 hexadecimal digits of the little-endian integer, optionally after {@code 0x}
     * @return the value
     * @throws WireFormatException if the text is anything else or not a canonical field element
     */
    public static TxHash fromHex(String hex) {
        return new TxHash(Fr.fromHex(hex));
    }

    /** {@return the little-endian integer as 64 lower-case hexadecimal digits} */
    public String toHex() {
        return value.toHex();
    }

    @Override
    public int compareTo(TxHash other) {
        return value.compareTo(other.value);
    }

    /** By hand, as {@link #hashCode}: what a record derives is linked when it is first used, while nodes start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TxHash that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return toHex();
    }
}
