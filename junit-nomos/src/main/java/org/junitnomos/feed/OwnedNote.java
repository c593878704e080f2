package org.junitnomos.feed;

import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.ZkPublicKey;

/**
 * A note that is on a chain and not spent there.
 *
 * @param id what a transaction that spends it names
 * @param value in base units, unsigned
 * @param owner whose it is
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record OwnedNote(NoteId id, long value, ZkPublicKey owner) {
    public OwnedNote {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
    }
}
