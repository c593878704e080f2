package org.junitnomos.client;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;

/**
 * Fate of a transaction, as answered by {@code POST /mantle/status}.
 *
 * @param kind what the node knows
 * @param block the block that holds it; null unless {@code kind} is {@code IN_BLOCK}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TransactionStatus(Kind kind, @Nullable HeaderId block) {
    /** What a node knows of a transaction. */
    public enum Kind {
        /** In the mempool. */
        PENDING,
        /** Never heard of, or forgotten. */
        UNKNOWN,
        /** Refused. */
        REJECTED,
        /** In a block. */
        IN_BLOCK
    }
}
