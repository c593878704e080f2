package org.junitnomos.mantle;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a node looks at in the body of {@code POST /wallet/transactions/transfer-funds} before it fails (node contract
 * 1.4).
 *
 * @param tip block whose notes are spent; null for the tip
 * @param funding the keys whose notes are spent
 * @param amount what is to be paid, in base units, unsigned
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record TransferRequest(@Nullable HeaderId tip, List<ZkPublicKey> funding, long amount) {
    /** Copies the list. */
    public TransferRequest {
        funding = List.copyOf(funding);
    }
}
