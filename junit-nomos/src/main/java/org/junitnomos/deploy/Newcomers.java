package org.junitnomos.deploy;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apiguardian.api.API;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * Names the nodes that join a running cluster and derives their keys, in the same way on every backend. Thread-safe.
 *
 * <p>The key of a newcomer depends on seed and name alone, so no other key shifts.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Newcomers {
    private static final int ID_LENGTH = 32;

    private final long seed;
    private final Map<NodeRole, Integer> next = new EnumMap<>(NodeRole.class);
    private int nextIndex;

    /**
     * Begins with the nodes of the topology taken.
     *
     * @param topology what was deployed
     * @param seed seed of the cluster
     */
    public Newcomers(TopologySpec topology, long seed) {
        this.seed = seed;
        next.put(NodeRole.VALIDATOR, topology.validators());
        next.put(NodeRole.EXECUTOR, topology.executors());
        nextIndex = topology.size();
    }

    /**
     * Names the next node of a role; no name and no index is given twice.
     *
     * @param role the part it plays
     * @return for example {@code validator-3}, with an index after all others
     */
    public synchronized NodeSpec next(NodeRole role) {
        int number = next.merge(role, 1, Integer::sum) - 1;
        return new NodeSpec(role.name().toLowerCase(Locale.ROOT) + "-" + number, role, nextIndex++);
    }

    /**
     * Derives the leader key of a newcomer, the way keys of the genesis are derived from the id of a node.
     *
     * @param node name of the node
     * @return its key, to which the genesis gives no stake
     */
    public ZkSecretKey leaderKey(String node) {
        byte[] id = new byte[ID_LENGTH];
        new Random(SeededRandoms.streamSeed(seed, "newcomer " + node)).nextBytes(id);
        return GenesisDerivation.leaderKey(id);
    }
}
