package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Tells what the node to start is. Made by the backend. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeSetup {
    /**
     * Returns the node.
     *
     * @return name, role and index
     */
    NodeSpec node();

    /**
     * Returns the cluster it was declared in.
     *
     * @return the topology; a node that joined later is not in it
     */
    TopologySpec topology();

    /**
     * Returns the genesis of the cluster.
     *
     * @return the genesis
     */
    Genesis genesis();

    /**
     * Returns the secret key of the node's leader note.
     *
     * @return the key; a node that joined later has no such note
     */
    ZkSecretKey leader();

    /**
     * Returns the names of the nodes it is connected with.
     *
     * @return its peers
     */
    List<String> peers();

    /**
     * Returns the seed for the node's own chance.
     *
     * @return the seed
     */
    long seed();

    /**
     * Returns when slot 0 begins.
     *
     * @return the time of day
     */
    Instant chainStart();

    /**
     * Returns how much it writes to its log.
     *
     * @return the level
     */
    LogLevel logLevel();

    /**
     * Returns the directory of the node, which exists.
     *
     * @return as the node sees it
     */
    Path directory();

    /**
     * Returns its log: standard output and standard error are appended to it.
     *
     * @return as the node sees it
     */
    Path log();

    /**
     * Returns where nodes have to listen.
     *
     * @return by node name, hosts as other nodes reach them; without those that choose their ports by themselves
     */
    Map<String, NodePorts> ports();

    /**
     * Returns where the configuration is written.
     *
     * @return {@code config.yaml} in the directory of the node
     */
    default Path config() {
        return directory().resolve("config.yaml");
    }
}
