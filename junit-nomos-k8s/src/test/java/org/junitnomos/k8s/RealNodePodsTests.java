package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.container.offline.StandInImage;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.realnode.Payment;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Programs that stand in for real nodes, in pods of an image laid out as those of real ones. */
@NeedsCluster
@TestLimit(180)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RealNodePodsTests {
    private static final String PANICKING = "/usr/bin/panicking-node";

    @TempDir
    static Path images;

    private static String image;

    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final RealTimeline timeline = new RealTimeline();

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    @BeforeAll
    static void load() throws Exception {
        Path archive = images.resolve("stand-in.tar");
        image = new StandInImage(Files.createDirectory(images.resolve("image")))
                .with("--datagrams")
                .alsoWith(
                        PANICKING, "--panic=Error listening on DA network with address /ip4/127.0.0.1/udp/3300/quic-v1")
                .save(archive);
        TestCluster.load(archive);
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private static TopologySpec topology(int validators, int executors) {
        return new TopologySpec(
                validators,
                executors,
                NetworkLayout.FULL,
                new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 5),
                new WalletSpec(2, 100),
                LinkSpec.DEFAULT,
                Map.of());
    }

    private KubernetesDeployer deployer(String... settings) {
        var read = cluster.settings(settings);
        return new KubernetesDeployer(
                () -> read, () -> NodeProgram.real(read.image(), null), Session.ofThisJvm(), Enforcement.ofThisJvm());
    }

    private Deployment deploy(int validators, int executors) throws InterruptedException {
        return deployer("image", image)
                .deploy(new DeployRequestValues(
                        topology(validators, executors),
                        4711,
                        timeline,
                        directory,
                        TestCluster.READINESS,
                        LogLevel.INFO,
                        (node, state, intended, reason) ->
                                heard.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason)));
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(100), Duration.ofSeconds(60)).untilTrue(condition);
    }

    private Path log(String node) {
        return directory.resolve("nodes").resolve(node + ".log");
    }

    @Test
    void takePaymentsOverServicesOfUdpAndComeBackAfterARestart() throws Exception {
        try (var cluster = deploy(2, 1)) {
            var payment = Payment.submit(cluster, "validator-1");
            for (var node : cluster.nodes()) {
                await(payment.hash() + " is in a block of " + node.name(), () -> payment.isOn(cluster, node.name()));
            }
            assertThat(cluster.systemUnderTest())
                    .matches("real nodes of image '" + image
                            + "' \\(sha256 [0-9a-f]{12}\\), circuits of the image; Blend in Broadcast mode");
            assertThat(directory.resolve("nodes/executor-0/config.yaml"))
                    .content()
                    .contains("/opt/nomos/kzg-params/kzgrs_test_params", "0.0.0.0:8080")
                    .containsPattern("external_address\"?: \"?/ip4/10[.][0-9.]+/udp/3000/quic-v1");
            assertThat(log("executor-0"))
                    .content()
                    .containsPattern("gossip: [0-9.]+:3300 answers at 10[.][0-9.]+:3000, and is at")
                    .containsPattern("availability: [0-9.]+:3300 answers at 10[.][0-9.]+:3300, and is at")
                    .containsPattern("blend: [0-9.]+:3300 answers at 10[.][0-9.]+:4401, and is at");
            long answers = answers("validator-0");

            cluster.control().restart("validator-0");

            await("validator-0 finds the others again", () -> answers("validator-0") >= answers + 2);
            long height = cluster.node("validator-1").client().cryptarchiaInfo().height();
            await(
                    "validator-0 has the chain",
                    () -> cluster.node("validator-0").client().cryptarchiaInfo().height() > height);
            assertThat(heard).noneMatch(state -> state.contains("IMPAIRED"));
        }
    }

    private long answers(String node) throws Exception {
        try (var lines = Files.lines(log(node))) {
            return lines.filter(line -> line.contains(" answers at ")).count();
        }
    }

    @Test
    void whatTheImageLacksIsToldAtOnceBeforeANodeStarts() {
        properties.set("nomos.image.executor.bin", "/usr/bin/none");
        properties.set("nomos.image.node.bin", "/etc/passwd");
        properties.set("nomos.image.kzgrs.params.path", "/opt/nomos");

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(1, 1))
                .withMessageContainingAll(
                        "The nodes cannot be started: real nodes lack",
                        "\n  - program of validators: /etc/passwd of image '" + image + "' (sha256 ",
                        ") has no permission to execute. Build the image with chmod +x on it",
                        "\n  - program of executors: image '" + image + "' (sha256 ",
                        ") has no file /usr/bin/none. Take an image that has it, or set NOMOS_IMAGE_EXECUTOR_BIN to"
                                + " where it is",
                        "\n  - parameters of KZG: image '" + image + "' (sha256 ",
                        ") has no file /opt/nomos. ")
                .withMessageNotContaining("circuits");
        assertThat(heard).isEmpty();
    }

    @Test
    void aServiceThatPanicsIsNamedWhileThePodLives() {
        properties.set("nomos.image.node.bin", PANICKING);

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(1, 0))
                .withMessageContaining("Node 'validator-0' runs but cannot get ready: a part of it panicked: \"Error"
                        + " listening on DA network");
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

    @Test
    void anImageThatIsNotThereIsNamed() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deployer("image", "junit-nomos/missing:1", "pull-policy", "never")
                        .deploy(new DeployRequestValues(
                                topology(1, 0),
                                4711,
                                timeline,
                                directory,
                                TestCluster.READINESS,
                                LogLevel.INFO,
                                (node, state, intended, reason) -> {})))
                .withMessageStartingWith("The nodes cannot be started: image 'junit-nomos/missing:1' cannot be looked"
                        + " into by a pod that runs its /bin/sh: its container does not start: ErrImageNeverPull");
    }

    @Test
    void whatRealNodesCannotDoInPodsIsToldBeforeTheDeploy() {
        var deployer = deployer("image", image, "peers", "dns", "dry-run", "true");

        assertThat(deployer.objections(topology(2, 0)))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("Setting 'nomos.kubernetes.dry-run' is on, but"))
                .anyMatch(text -> text.startsWith("Setting 'nomos.kubernetes.peers' is \"dns\", but"));
        assertThat(deployer.capabilities())
                .containsExactlyInAnyOrder(
                        Capability.PAUSE, Capability.NODE_CONTROL, Capability.MEMBERSHIP, Capability.OVERLAY);
        assertThat(deployer.whyNot(Capability.PARTITION))
                .contains("real nodes take no faults of links, and only backend 'process' has relays for them");
        assertThat(deployer().requirement().missing())
                .isEqualTo("real nodes lack\n  - image with nomos-node: not set. Set NOMOS_TESTNET_IMAGE to its"
                        + " reference");
    }
}
