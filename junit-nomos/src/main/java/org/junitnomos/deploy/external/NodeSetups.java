package org.junitnomos.deploy.external;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.Newcomers;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.NodeSetupValues;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.topology.NodeSpec;

/** Tells what each node is; slot 0 begins when this is made. */
final class NodeSetups {
    private final DeployRequest request;
    private final Genesis genesis;
    private final Newcomers newcomers;
    private final NodeHost host;
    private final Duration chainStart;
    private final Instant startInstant;
    private final String testingSecret;

    NodeSetups(DeployRequest request, Genesis genesis, Newcomers newcomers, NodeHost host, String testingSecret) {
        this.request = request;
        this.genesis = genesis;
        this.newcomers = newcomers;
        this.host = host;
        this.chainStart = request.clock().now();
        this.startInstant = request.clock().instant();
        this.testingSecret = testingSecret;
    }

    Duration chainStart() {
        return chainStart;
    }

    NodeSetup of(ExternalNode node) {
        var spec = node.spec();
        return new NodeSetupValues(
                spec,
                request.topology(),
                genesis,
                leader(spec),
                node.peerNames(),
                SeededRandoms.streamSeed(request.seed(), "node " + spec.name()),
                startInstant,
                request.logLevel(),
                node.hasLived(),
                node.directory(),
                node.logFile(),
                host.ports(),
                testingSecret,
                host.pushesMetrics()
                        ? host.testHost().flatMap(test -> request.metrics().endpoint(spec.name(), test))
                        : Optional.empty());
    }

    private ZkSecretKey leader(NodeSpec node) {
        return node.index() < genesis.leaders().size()
                ? genesis.leaders().get(node.index())
                : newcomers.leaderKey(node.name());
    }
}
