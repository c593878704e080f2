package org.junitnomos.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns the shares of nodes into whole base units, so that nothing of the stake is lost. */
final class StakeShares {
    private StakeShares() {}

    /**
     * Shares {@link TopologySpec#LEADER_STAKE} for each node out; what is left of rounding goes, unit by unit, to the
     * nodes that lost most by it, the first among equals.
     *
     * @param topology may be wrong: it is asked while it is checked
     * @return one value a node; empty if all have the same, and for shares that make no sense
     */
    static List<Long> of(TopologySpec topology) {
        var shares = topology.stake();
        long sum = shares.stream().mapToLong(Integer::longValue).sum();
        if (shares.size() != topology.size() || sum <= 0 || shares.stream().anyMatch(share -> share < 0)) {
            return List.of();
        }
        long whole = TopologySpec.LEADER_STAKE * shares.size();
        var values = new ArrayList<Long>();
        var nodes = new ArrayList<Integer>();
        long left = whole;
        for (int share : shares) {
            nodes.add(values.size());
            values.add(whole * share / sum);
            left -= whole * share / sum;
        }
        nodes.sort(Comparator.comparing(node -> -(whole * shares.get(node) % sum)));
        for (int i = 0; i < left; i++) {
            values.set(nodes.get(i), values.get(nodes.get(i)) + 1);
        }
        return values;
    }
}
