package org.junitnomos.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Tells what the node to start is. Made by the backend. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeSetup {
    /** {@return name, role and index of the node} */
    NodeSpec node();

    /** {@return the topology it was declared in; a node that joined later is not in it} */
    TopologySpec topology();

    /** {@return the genesis of the cluster} */
    Genesis genesis();

    /** {@return the secret key of the node's leader note; a node that joined later has no such note} */
    ZkSecretKey leader();

    /** {@return the names of the nodes it is connected with} */
    List<String> peers();

    /** {@return the seed for the node's own chance} */
    long seed();

    /** {@return the time of day at which slot 0 begins} */
    Instant chainStart();

    /** {@return how much it writes to its log} */
    LogLevel logLevel();

    /** Says whether the node had a life before in this run, so that its peers run already. */
    default boolean again() {
        return false;
    }

    /** {@return the directory of the node, which exists, as the node sees it} */
    Path directory();

    /** {@return its log as the node sees it, to which standard output and standard error are appended} */
    Path log();

    /**
     * {@return where nodes have to listen, by name, with hosts as other nodes reach them; without nodes that choose
     * their ports by themselves}
     */
    Map<String, NodePorts> ports();

    /**
     * {@return what the testing port of a dev node is to demand of each request, as {@code Authorization: Bearer};
     * known to the clients of this run alone, and new in each; empty for nothing}
     */
    default String testingSecret() {
        return "";
    }

    /** {@return where it is to push its metrics, by OTLP over HTTP; empty if nobody takes them} */
    default Optional<URI> metricsEndpoint() {
        return Optional.empty();
    }

    /** {@return where the configuration is written: {@code config.yaml} in the directory of the node} */
    default Path config() {
        return directory().resolve("config.yaml");
    }
}
