package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * What the node to start is.
 *
 * @param node name, role and index
 * @param topology the cluster it was declared in; a node that joined later is not in it
 * @param genesis the genesis of the cluster
 * @param leader secret key of the node's leader note; a node that joined later has no such note
 * @param peers names of the nodes it is connected with
 * @param seed seed for the node's own chance
 * @param chainStart when slot 0 begins
 * @param logLevel how much it writes to its log
 * @param directory directory of the node, which exists: its configuration is {@code config.yaml} there
 * @param log its log: standard output and standard error are appended to it
 * @param ports by node name, where nodes have to listen, hosts as other nodes reach them; without those that choose
 *     their ports by themselves
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodeSetup(
        NodeSpec node,
        TopologySpec topology,
        Genesis genesis,
        ZkSecretKey leader,
        List<String> peers,
        long seed,
        Instant chainStart,
        LogLevel logLevel,
        Path directory,
        Path log,
        Map<String, NodePorts> ports) {
    /** Name of the configuration in the directory of a node. */
    static final String CONFIG = "config.yaml";

    public NodeSetup {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(genesis, "genesis");
        Objects.requireNonNull(leader, "leader");
        peers = List.copyOf(peers);
        Objects.requireNonNull(chainStart, "chainStart");
        Objects.requireNonNull(logLevel, "logLevel");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(log, "log");
        ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }

    /**
     * Tells the same to a node that sees other paths, as one in a container does.
     *
     * @param otherDirectory directory of the node as it sees it
     * @param otherLog its log as it sees it
     * @return the same node
     */
    public NodeSetup within(Path otherDirectory, Path otherLog) {
        return new NodeSetup(
                node, topology, genesis, leader, peers, seed, chainStart, logLevel, otherDirectory, otherLog, ports);
    }

    /**
     * Returns where the configuration is written.
     *
     * @return {@code config.yaml} in the directory of the node
     */
    public Path config() {
        return directory.resolve(CONFIG);
    }
}
