package org.junitnomos.topology;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** Which nodes are connected with each other. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum NetworkLayout {
    /** Every node is connected with node 0, the hub, and with nobody else. */
    STAR,
    /** Every node is connected with its neighbors in the order of the nodes. */
    CHAIN,
    /** Every node is connected with every other. */
    FULL;

    /**
     * Computes the peers of one node.
     *
     * @param node index of the node, from 0
     * @param nodes number of nodes in the cluster, at least 1
     * @return indexes of its direct peers in ascending order; empty in a cluster of one
     */
    public List<Integer> peersOf(int node, int nodes) {
        var peers = new ArrayList<Integer>();
        for (int other = 0; other < nodes; other++) {
            if (other != node && connects(node, other)) {
                peers.add(other);
            }
        }
        return List.copyOf(peers);
    }

    private boolean connects(int a, int b) {
        return switch (this) {
            case STAR -> a == 0 || b == 0;
            case CHAIN -> Math.abs(a - b) == 1;
            case FULL -> true;
        };
    }
}
