package org.junitnomos.topology;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * The chances of the leaders of a cluster: a node plays its leader note, and every note of a wallet that it knows, all
 * with tickets of its own (node contract 3.3). The same on every JDK.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class LeaderOdds {
    private final TopologySpec topology;
    private final List<Long> stakes;
    private final double total;
    private final double walletLoses;

    /**
     * Computes the chances of a cluster.
     *
     * @param topology may be wrong: it is asked while it is checked
     */
    public LeaderOdds(TopologySpec topology) {
        this.topology = topology;
        this.stakes = StakeShares.of(topology);
        this.total = topology.totalStake().doubleValue();
        this.walletLoses = loses(topology.wallets().valueEach());
    }

    private double loses(long value) {
        return total > 0 ? 1 - topology.consensus().chanceToLead(value / total) : 1;
    }

    /** {@return how many wallets lead as long as they have spent nothing: all that nodes know} */
    public int leadingWallets() {
        return topology.wallets().known() ? Math.max(0, topology.wallets().count()) : 0;
    }

    /**
     * Computes the chance that some node wins a slot.
     *
     * @param wallets number of wallets that lead, each on every node; a mean may be broken
     * @return the chance, 0 to 1
     */
    public double chanceOfBlock(double wallets) {
        double wallet = StrictMath.pow(walletLoses, wallets);
        if (stakes.isEmpty()) {
            return 1 - StrictMath.pow(loses(TopologySpec.LEADER_STAKE) * wallet, Math.max(0, topology.size()));
        }
        double lost = 1;
        for (long stake : stakes) {
            lost *= loses(stake) * wallet;
        }
        return 1 - lost;
    }

    /**
     * Computes the chance that one of some nodes wins a slot.
     *
     * @param nodes names of nodes of the topology
     * @param wallets number of wallets that lead, each on every one of these nodes
     * @return the chance, 0 to 1
     */
    public double chanceOfBlock(Set<String> nodes, double wallets) {
        double wallet = StrictMath.pow(walletLoses, wallets);
        if (stakes.isEmpty()) {
            return 1 - StrictMath.pow(loses(TopologySpec.LEADER_STAKE) * wallet, nodes.size());
        }
        double lost = 1;
        for (var node : topology.nodes()) {
            lost *= nodes.contains(node.name()) ? loses(stakes.get(node.index())) * wallet : 1;
        }
        return 1 - lost;
    }

    /**
     * Computes the chance that a node wins a slot.
     *
     * @param node index of the node
     * @param wallets number of wallets that lead on it
     * @return the chance, 0 to 1
     */
    public double chanceOf(int node, double wallets) {
        return 1 - loses(topology.leaderStake(node)) * StrictMath.pow(walletLoses, wallets);
    }
}
