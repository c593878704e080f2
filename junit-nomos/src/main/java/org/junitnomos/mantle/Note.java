package org.junitnomos.mantle;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * An amount and its owner: one output of a ledger transaction.
 *
 * @param value the amount as an unsigned 64-bit number; use {@link Long#toUnsignedString(long)} to print it
 * @param owner the key that may spend the note; {@code pk} on the wire
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Note(long value, ZkPublicKey owner) {

    public Note {
        Objects.requireNonNull(owner, "owner");
    }

    /** By hand, as {@link #hashCode}: what a record derives is linked when it is first used, while nodes start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Note that && value == that.value && owner.equals(that.owner));
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(value) + owner.hashCode();
    }

    @Override
    public String toString() {
        return "Note[value=" + Long.toUnsignedString(value) + ", owner=" + owner + "]";
    }
}
