package org.junitnomos.mantle;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A block as the explorer routes of a node tell it: with its id, without its signature (node contract 1.4).
 *
 * @param id the id the node tells
 * @param header the header
 * @param transactions the transactions in order
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ApiBlock(HeaderId id, Header header, List<SignedMantleTx> transactions) {

    public ApiBlock {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(header, "header");
        transactions = List.copyOf(transactions);
    }
}
