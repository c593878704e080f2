package org.junitnomos.topology;

import org.apiguardian.api.API;

/**
 * The wallets of a cluster that genesis funds, one note each.
 *
 * @param count number of wallets; 0 or more
 * @param valueEach value of each wallet's genesis note, in base units; positive, default 100
 * @param known whether the wallet of every node knows their keys: then it leads with their notes, and tells their
 *     balances (node contract 1.4, 3.3); default false
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WalletSpec(int count, long valueEach, boolean known) {
    /** No wallet at all. */
    public static final WalletSpec NONE = new WalletSpec(0, 100);

    /** Describes wallets that no node knows. */
    public WalletSpec(int count, long valueEach) {
        this(count, valueEach, false);
    }
}
