package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.container.offline.StandInImage;
import org.junitnomos.realnode.Payment;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Programs that stand in for real nodes, in images laid out as those of real ones. */
@NeedsDocker
@TestLimit(240)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RealNodeContainersTests {
    @TempDir
    static Path images;

    private static ConnectedEngine engine;
    private static String first;
    private static String next;

    @TempDir
    Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final RealTimeline timeline = new RealTimeline();

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    @BeforeAll
    static void load() throws Exception {
        engine = ConnectedEngine.connect(Engine.find(), EngineWatch.LIMIT);
        first = new StandInImage(Files.createDirectory(images.resolve("first"))).load(engine.client());
        next = new StandInImage(Files.createDirectory(images.resolve("next")))
                .with("--next")
                .load(engine.client());
    }

    @AfterAll
    static void remove() {
        for (String image : List.of(first, next)) {
            engine.client().removeImageCmd(image).exec();
        }
        engine.close();
    }

    @BeforeEach
    void chooseRealNodes() {
        properties.set("nomos.nodes", "real");
        properties.set("nomos.container.image", first);
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private Deployment deploy(int validators, int executors) throws Exception {
        var topology = new TopologySpec(
                validators,
                executors,
                NetworkLayout.FULL,
                new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 5),
                new WalletSpec(2, 100),
                LinkSpec.DEFAULT,
                Map.of());
        var listener = new NodeStateListener() {
            @Override
            public void onState(String node, NodeState state, boolean intended, String reason) {
                heard.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason);
            }

            @Override
            public void onUpgrade(String node, String from, String to) {
                heard.add(node + " from " + from + " to " + to);
            }
        };
        return new ContainerDeployer()
                .deploy(new DeployRequestValues(
                        topology, 4711, timeline, directory, Duration.ofSeconds(90), LogLevel.INFO, listener));
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(100), Duration.ofSeconds(90)).untilTrue(condition);
    }

    @Test
    void takePaymentsAndComeBackAfterAKillAndARestart() throws Exception {
        try (var cluster = deploy(2, 1)) {
            var payment = Payment.submit(cluster, "validator-1");
            for (var node : cluster.nodes()) {
                await(payment.hash() + " is in a block of " + node.name(), () -> payment.isOn(cluster, node.name()));
            }
            assertThat(cluster.systemUnderTest())
                    .matches("real nodes of image '" + first
                            + "' \\(sha256 [0-9a-f]{12}\\), circuits of the image; Blend in" + " Broadcast mode");
            assertThat(directory.resolve("nodes/executor-0/config.yaml"))
                    .content()
                    .contains("/opt/nomos/kzg-params/kzgrs_test_params", "0.0.0.0:8080")
                    .containsPattern("external_address\"?: \"?/ip4/10[.]213[.][0-9.]+/udp/3000/quic-v1");

            cluster.control().kill("validator-1");
            cluster.control().start("validator-1");
            cluster.control().restart("executor-0");

            assertThat(cluster.nodes()).allMatch(node -> node.isRunning());
        }
        assertThat(engine.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withAncestorFilter(List.of(first))
                        .exec())
                .isEmpty();
    }

    @Test
    void oneNodeHasAnImageOfItsOwnAndAnotherIsUpgradedToIt() throws Exception {
        properties.set("nomos.container.image.validator-0", next);
        try (var cluster = deploy(2, 0)) {
            assertThat(cluster.systemUnderTest())
                    .contains("; validator-0: /usr/bin/nomos-node of image '" + next + "' (sha256 ");
            heard.clear();

            var proof = cluster.control().upgrade("validator-1", next);

            assertThat(proof.observed())
                    .contains("; it runs /usr/bin/nomos-node of image '" + next + "' (sha256 ")
                    .contains(") in the place of /usr/bin/nomos-node of image '" + first + "' (sha256 ");
            assertThat(heard.get(1)).startsWith("validator-1 from /usr/bin/nomos-node of image '" + first);
            assertThat(cluster.systemUnderTest()).contains("; validator-1: /usr/bin/nomos-node of image '" + next);
            assertThat(engine.client()
                            .listContainersCmd()
                            .withAncestorFilter(List.of(next))
                            .exec())
                    .hasSize(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.control().upgrade("validator-0", "junit-nomos/missing:1"))
                    .withMessageStartingWith("Node 'validator-0' keeps its program and is not touched: image"
                            + " 'junit-nomos/missing:1' cannot be pulled");
        }
    }

    @Test
    void whatTheImageLacksIsToldAtOnceBeforeAnythingStarts() throws Exception {
        String bare = new StandInImage(Files.createDirectory(images.resolve("bare")))
                .without("/usr/bin/nomos-executor")
                .without("/opt/circuits/zksign/proving_key.zkey")
                .without("/opt/nomos/kzg-params/kzgrs_test_params")
                .load(engine.client());
        try {
            properties.set("nomos.container.image", bare);

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deploy(1, 1))
                    .withMessageContainingAll(
                            "Backend 'container' cannot start nodes: real nodes lack",
                            "\n  - program of executors: image '" + bare + "' (sha256 ",
                            ") has no file /usr/bin/nomos-executor. Take an image that has it, or set"
                                    + " NOMOS_IMAGE_EXECUTOR_BIN to where it is",
                            ") has no file /opt/circuits/zksign/proving_key.zkey",
                            ") has no file /opt/nomos/kzg-params/kzgrs_test_params")
                    .withMessageNotContaining("program of validators");
            assertThat(heard).isEmpty();
        } finally {
            engine.client().removeImageCmd(bare).exec();
        }
    }

    @Test
    void aServiceThatPanicsIsNamedWhileTheContainerLives() throws Exception {
        String panicking = new StandInImage(Files.createDirectory(images.resolve("panicking")))
                .with("--panic=Error listening on DA network with address /ip4/127.0.0.1/udp/20158/quic-v1")
                .load(engine.client());
        try {
            properties.set("nomos.container.image", panicking);

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deploy(1, 0))
                    .withMessageContaining(
                            "Node 'validator-0' runs but cannot get ready: a part of it panicked: \"Error"
                                    + " listening on DA network");
        } finally {
            engine.client().removeImageCmd(panicking).exec();
        }
    }

    @Test
    void aConfigurationThatTheProgramRefusesIsToldBeforeItStarts() throws Exception {
        Path overlay = Files.writeString(directory.resolve("overlay.yaml"), "all: {tracing: {color: red}}");
        properties.set("nomos.node.overlay", overlay.toString());

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(1, 0))
                .withMessageContaining("Error: Unrecognized fields in config: [\"tracing.color\"]");
        assertThat(heard).noneMatch(state -> state.contains("PORT_OPEN"));
    }
}
