package org.junitnomos.deploy;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSecretKey;

/**
 * Hold the genesis of a cluster, derived from topology and seed alone.
 *
 * @param transaction the genesis transaction (node contract 2.8)
 * @param id id of the genesis block
 * @param leaders secret key of each node's leader note, in the order of the nodes
 * @param leaderStake value of each leader note, in base units
 * @param totalStake sum of all genesis notes, in base units
 * @param wallets funded wallets
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Genesis(
        SignedMantleTx transaction,
        HeaderId id,
        List<ZkSecretKey> leaders,
        long leaderStake,
        long totalStake,
        List<Wallet> wallets) {
    public Genesis {
        leaders = List.copyOf(leaders);
        wallets = List.copyOf(wallets);
    }
}
