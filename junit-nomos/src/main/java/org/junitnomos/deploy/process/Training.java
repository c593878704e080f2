package org.junitnomos.deploy.process;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.LogLevel;
import org.junitnomos.deploy.external.NodeCommand;
import org.junitnomos.deploy.external.NodeLaunch;
import org.junitnomos.deploy.external.NodePorts;
import org.junitnomos.deploy.external.NodeSetup;
import org.junitnomos.internal.PollLoop;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.internal.Timeline;
import org.junitnomos.internal.Trees;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/**
 * A short run of two dev nodes, of which the first leaves an archive of the classes it used when it ends.
 */
final class Training {
    private static final Duration SLOT = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long BLOCKS = 3;

    private final ChildJvm trained;
    private final ChildJvm partner;

    Training(ChildJvm trained, ChildJvm partner) {
        this.trained = trained;
        this.partner = partner;
    }

    /** Run it; blocks for some seconds. */
    void run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("nomos-training");
        try (var timeline = new RealTimeline();
                var cluster = deploy(timeline, directory)) {
            use(timeline, cluster);
        } catch (IOException | InterruptedException | DeploymentException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the training run of dev nodes failed: " + e, e);
        } finally {
            Trees.delete(directory);
        }
    }

    private Deployment deploy(Timeline timeline, Path directory) throws InterruptedException {
        var topology = new TopologySpec(
                1,
                1,
                NetworkLayout.FULL,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 1),
                new WalletSpec(1, 100),
                new LinkSpec(Duration.ofMillis(1), Duration.ofMillis(1), 0),
                new LinkedHashMap<>());
        return new ProcessDeployer(new Command())
                .deploy(new DeployRequest(
                        topology, 1, timeline, directory, LIMIT, LogLevel.INFO, (node, state, intended, reason) -> {}));
    }

    /** Use what a node has, so that its classes are loaded. */
    private static void use(Timeline timeline, Deployment cluster) throws Exception {
        for (var node : cluster.nodes()) {
            NodeClient client = node.client();
            new PollLoop(timeline, node.name() + " has blocks", SLOT, LIMIT)
                    .untilTrue(() -> client.cryptarchiaInfo().height() >= BLOCKS);
        }
        NodeClient client = cluster.nodes().get(0).client();
        client.headers(null, null);
        client.block(client.cryptarchiaInfo().tip());
        client.mempoolMetrics();
        client.walletBalance(cluster.genesis().wallets().get(0).owner(), null);
        client.devControl().setLinks(client.devControl().links());
        client.devControl().clockSkew();
        try (var stream = client.blockStream()) {
            stream.next(SLOT.multipliedBy(5));
        }
    }

    /** Starts the first node as the one that is trained. */
    private final class Command implements NodeCommand {
        private final DevNodeCommand nodes = new DevNodeCommand();

        @Override
        public String systemUnderTest() {
            return nodes.systemUnderTest();
        }

        @Override
        public NodeLaunch launch(NodeSetup setup) throws IOException {
            return nodes.launch(setup, setup.node().index() == 0 ? trained : partner);
        }

        @Override
        public Optional<NodePorts> findPorts(NodeSetup setup, long pid) throws IOException {
            return nodes.findPorts(setup, pid);
        }

        @Override
        public void introduce(NodeClient node, Map<String, String> addresses) {
            nodes.introduce(node, addresses);
        }
    }
}
