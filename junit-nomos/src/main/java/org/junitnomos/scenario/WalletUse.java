package org.junitnomos.scenario;

import org.apiguardian.api.API;

/**
 * How a workload spends the notes of wallets. A note that was spent does not lead any more, and the new one not before
 * two epochs have begun (node contract 3.2), so a forecast must know where nodes lead with notes of wallets.
 *
 * @param wallets number of wallets that it spends from, in turn; 0 or more
 * @param perBlock how many of them it spends from for each block; 0 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WalletUse(int wallets, double perBlock) {
    /** Spends nothing of any wallet. */
    public static final WalletUse NONE = new WalletUse(0, 0);
}
