package org.junitnomos.mantle;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

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

    @Override
    public String toString() {
        return "Note[value=" + Long.toUnsignedString(value) + ", owner=" + owner + "]";
    }
}
