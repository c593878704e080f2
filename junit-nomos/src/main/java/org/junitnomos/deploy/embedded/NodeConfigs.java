package org.junitnomos.deploy.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.da.DaSettings;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.time.ProtocolClock;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Configures the nodes of a cluster as the Rust framework does (node contract 3.6, 5.4). */
final class NodeConfigs {
    /** How long a node stays in mode Bootstrapping after a start (node contract 3.6: prolonged bootstrap). */
    private static final Duration BOOTSTRAP = Duration.ofSeconds(1);

    private final TopologySpec topology;
    private final Genesis genesis;
    private final long seed;
    private final Instant chainStart;
    private final boolean playsAhead;
    private final DevNodeConfig.LinkQuality link;

    /** Creates what configures nodes; the chain starts now. They play ahead where slots come without a rest. */
    NodeConfigs(TopologySpec topology, Genesis genesis, long seed, ProtocolClock clock) {
        this.topology = topology;
        this.genesis = genesis;
        this.seed = seed;
        this.chainStart = clock.instant();
        this.playsAhead = clock.isVirtual();
        this.link = new DevNodeConfig.LinkQuality(
                topology.links().latency().toNanos(),
                topology.links().jitter().toNanos(),
                topology.links().lossPerMille(),
                topology.links().bandwidth());
    }

    DevNodeConfig of(NodeSpec node) {
        var nodes = topology.nodes();
        var peers = topology.layout().peersOf(node.index(), nodes.size()).stream()
                .map(peer -> nodes.get(peer).name())
                .toList();
        return of(node, peers, genesis.leaders().get(node.index()));
    }

    /** Configures a node that joins later, with peers and a key of its own. */
    DevNodeConfig of(NodeSpec node, List<String> peers, ZkSecretKey leader) {
        return new DevNodeConfig(
                node.name(),
                node.role() == NodeRole.EXECUTOR,
                peers,
                genesis.transaction(),
                leader,
                genesis.knownKeys(topology, leader),
                topology.consensus().slotDuration().toNanos(),
                topology.consensus().activeSlotCoefficient(),
                topology.consensus().securityParameter(),
                BOOTSTRAP.toNanos(),
                topology.clockSkews().getOrDefault(node.name(), Duration.ZERO).toNanos(),
                link,
                SeededRandoms.streamSeed(seed, "node " + node.name()),
                true,
                chainStart.toEpochMilli(),
                DaSettings.STANDARD,
                topology.consensus().withoutRules(),
                playsAhead);
    }
}
