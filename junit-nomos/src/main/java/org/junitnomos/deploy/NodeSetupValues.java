package org.junitnomos.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** What the backends of this library tell of the node to start. */
@API(status = API.Status.INTERNAL, since = "0.1")
public record NodeSetupValues(
        NodeSpec node,
        TopologySpec topology,
        Genesis genesis,
        ZkSecretKey leader,
        List<String> peers,
        long seed,
        Instant chainStart,
        LogLevel logLevel,
        boolean again,
        Path directory,
        Path log,
        Map<String, NodePorts> ports,
        String testingSecret,
        Optional<URI> metricsEndpoint)
        implements NodeSetup {
    public NodeSetupValues {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(genesis, "genesis");
        Objects.requireNonNull(leader, "leader");
        peers = List.copyOf(peers);
        Objects.requireNonNull(chainStart, "chainStart");
        Objects.requireNonNull(logLevel, "logLevel");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(testingSecret, "testingSecret");
        Objects.requireNonNull(metricsEndpoint, "metricsEndpoint");
        ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }

    /** Tells of a node that sees other paths, as one in a container does: its directory and its log as it sees them. */
    public static NodeSetup within(NodeSetup setup, Path directory, Path log) {
        return new NodeSetupValues(
                setup.node(),
                setup.topology(),
                setup.genesis(),
                setup.leader(),
                setup.peers(),
                setup.seed(),
                setup.chainStart(),
                setup.logLevel(),
                setup.again(),
                directory,
                log,
                setup.ports(),
                setup.testingSecret(),
                setup.metricsEndpoint());
    }
}
