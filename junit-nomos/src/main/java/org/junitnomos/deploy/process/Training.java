package org.junitnomos.deploy.process;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/**
 * Runs two dev nodes for a short time; the first leaves an archive of the classes it used when it ends.
 *
 * <p>A class path that is relative counts from where a node runs, {@code nodes/<name>} in the directory of the run.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Training {
    private static final Duration SLOT = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long BLOCKS = 3;
    private static final int PROBE_BYTES = 1 << 16;

    private final ChildJvm trained;
    private final ChildJvm partner;

    /**
     * Prepares a training run.
     *
     * @param trained starts the node that leaves the archive
     * @param partner starts the other one
     */
    public Training(ChildJvm trained, ChildJvm partner) {
        this.trained = trained;
        this.partner = partner;
    }

    /** Runs it in a directory of its own; blocks for some seconds. */
    void run() throws IOException, InterruptedException {
        runBelow(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Runs it below a directory for temporary files; the first thing that is said is if there is no room there. */
    void runBelow(Path temporary) throws IOException, InterruptedException {
        requireRoom(temporary, null);
        Path directory = Files.createTempDirectory(temporary, "nomos-training");
        try {
            run(directory);
        } catch (IOException | DeploymentException e) {
            requireRoom(temporary, e);
            throw e;
        } finally {
            DirectoryTrees.delete(directory);
        }
    }

    private static void requireRoom(Path temporary, @Nullable Exception consequence) throws IOException {
        try {
            Path probe = Files.createTempFile(temporary, "nomos-room", ".probe");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            var named = new IOException(
                    "nothing can be written to the directory for temporary files, " + temporary + ": " + e.getMessage()
                            + ". Make room there, or name another one: -Djava.io.tmpdir in the options of the test JVM"
                            + " (argLine of Surefire)",
                    e);
            if (consequence != null) {
                named.addSuppressed(consequence);
            }
            throw named;
        }
    }

    /**
     * Runs it; blocks for some seconds.
     *
     * @param directory of the run; what is written there stays
     * @throws IOException if a node cannot run
     */
    public void run(Path directory) throws IOException, InterruptedException {
        try (var timeline = new RealTimeline();
                var cluster = deploy(timeline, directory)) {
            use(timeline, cluster);
        } catch (IOException | InterruptedException | DeploymentException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the training run of dev nodes failed: " + e, e);
        }
    }

    private Deployment deploy(Timeline timeline, Path directory) throws InterruptedException {
        var topology = new TopologySpec(
                1,
                1,
                NetworkLayout.FULL,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 1, EnumSet.of(NodeRule.SILENT_EPOCHS)),
                new WalletSpec(1, 100),
                new LinkSpec(Duration.ofMillis(1), Duration.ofMillis(1), 0),
                new LinkedHashMap<>());
        return new ProcessDeployer(new Command(), LIMIT, Session.ofThisJvm()) // an archive takes its time to be written
                .deploy(new DeployRequestValues(
                        topology, 1, timeline, directory, LIMIT, LogLevel.INFO, (node, state, intended, reason) -> {}));
    }

    /** Uses what a node has, so that its classes are loaded. */
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
        client.walletBalance(cluster.genesis().leaders().get(0).toPublicKey(), null);
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
