package org.junitnomos.topology;

import org.apiguardian.api.API;

/**
 * The wallets of a cluster that genesis funds, one note each.
 *
 * @param count number of wallets; 0 or more
 * @param valueEach value of each wallet's genesis note, in base units; positive, default 100
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WalletSpec(int count, long valueEach) {
    /** No wallet at all. */
    public static final WalletSpec NONE = new WalletSpec(0, 100);
}
