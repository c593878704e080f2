package org.junitnomos.topology;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** The chances of the leaders of a cluster in the lottery of slots (node contract 3.3). The same on every JDK. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class LeaderOdds {
    private final TopologySpec topology;
    private final List<Long> stakes;
    private final double total;

    /**
     * Computes the chances of a cluster.
     *
     * @param topology may be wrong: it is asked while it is checked
     */
    public LeaderOdds(TopologySpec topology) {
        this.topology = topology;
        this.stakes = StakeShares.of(topology);
        this.total = topology.totalStake().doubleValue();
    }

    private double loses(long value) {
        return total > 0 ? 1 - topology.consensus().chanceToLead(value / total) : 1;
    }

    /** {@return the chance that some node wins a slot, 0 to 1} */
    public double chanceOfBlock() {
        if (stakes.isEmpty()) {
            return 1 - StrictMath.pow(loses(TopologySpec.LEADER_STAKE), Math.max(0, topology.size()));
        }
        double lost = 1;
        for (long stake : stakes) {
            lost *= loses(stake);
        }
        return 1 - lost;
    }

    /**
     * Computes the chance that one of some nodes wins a slot.
     *
     * @param nodes names of nodes of the topology
     * @return the chance, 0 to 1
     */
    public double chanceOfBlock(Set<String> nodes) {
        if (stakes.isEmpty()) {
            return 1 - StrictMath.pow(loses(TopologySpec.LEADER_STAKE), nodes.size());
        }
        double lost = 1;
        for (var node : topology.nodes()) {
            lost *= nodes.contains(node.name()) ? loses(stakes.get(node.index())) : 1;
        }
        return 1 - lost;
    }

    /**
     * Computes the chance that a node wins a slot.
     *
     * @param node index of the node
     * @return the chance, 0 to 1
     */
    public double chanceOf(int node) {
        return 1 - loses(topology.leaderStake(node));
    }
}
