package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The id of a note, that is one output of a ledger transaction (node contract 2.3).
 *
 * @param value the field element
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record NoteId(Fr value) implements Comparable<NoteId> {

    /**
     * Reads from text.
     *
     * @param hex 64 hexadecimal digits of the little-endian integer, optionally after {@code 0x}
     * @return the value
     * @throws WireFormatException if the text is anything else or not a canonical field element
     */
    public static NoteId fromHex(String hex) {
        return new NoteId(Fr.fromHex(hex));
    }

    /** {@return the little-endian integer as 64 lower-case hexadecimal digits} */
    public String toHex() {
        return value.toHex();
    }

    @Override
    public int compareTo(NoteId other) {
        return value.compareTo(other.value);
    }

    /** By hand, as {@link #hashCode}: what a record derives is linked when it is first used, while nodes start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof NoteId that && value.equals(that.value));
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
