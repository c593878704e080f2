package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.WalletBalance;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.process.ProcessDeployer;
import org.junitnomos.realnode.Payment;
import org.junitnomos.realnode.RealYaml;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Runs programs that stand in for real nodes by the command for real nodes. */
@TestLimit(120)
class RealNodesTests {
    @TempDir
    Path directory;

    private final List<String> states = new CopyOnWriteArrayList<>();
    private final RealTimeline timeline = new RealTimeline();
    private StandIns standIns;

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private RealNodeFiles files() {
        return new RealNodeFiles(
                standIns.node(),
                standIns.executor(),
                new CircuitFiles(standIns.circuits()),
                standIns.parameters(),
                null,
                Map.of());
    }

    private static TopologySpec topology(int validators, int executors) {
        return topology(validators, executors, new WalletSpec(2, 100));
    }

    private static TopologySpec topology(int validators, int executors, WalletSpec wallets) {
        return new TopologySpec(
                validators,
                executors,
                NetworkLayout.STAR,
                new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 5),
                wallets,
                LinkSpec.DEFAULT,
                Map.of());
    }

    private Deployment deploy(TopologySpec topology) throws Exception {
        return deploy(topology, new RealNodeCommand(files()));
    }

    private Deployment deploy(TopologySpec topology, RealNodeCommand command) throws Exception {
        Path run = Files.createTempDirectory(directory, "run");
        return new ProcessDeployer(command)
                .deploy(new DeployRequestValues(
                        topology,
                        4711,
                        timeline,
                        run,
                        Duration.ofSeconds(60),
                        LogLevel.INFO,
                        (node, state, intended, reason) ->
                                states.add(node + " " + state + (intended ? "" : " unintended") + ": " + reason)));
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(100), Duration.ofSeconds(60)).untilTrue(condition);
    }

    @Test
    void makeOneChainAndTakeTransactionsThatTheCircuitsProved() throws Exception {
        try (var cluster = deploy(topology(2, 1))) {
            var dev = Genesis.derive(topology(2, 1), 4711);
            assertThat(cluster.genesis().transaction().tx().ledgerTx())
                    .isEqualTo(dev.transaction().tx().ledgerTx());
            var payment = Payment.submit(cluster, "validator-1");

            for (var node : cluster.nodes()) {
                await(payment.hash() + " is in a block of " + node.name(), () -> payment.isOn(cluster, node.name()));
            }
            assertThat(cluster.systemUnderTest())
                    .matches("nomos-node \\(.*/nomos-node, sha256 [0-9a-f]{12}\\) and nomos-executor \\(.*\\), circuits"
                            + " v0.0.0-stand-in of .*/circuits; Blend in Broadcast mode");
        }
    }

    @Test
    void theirWalletsKnowTheKeysThatTheTopologySays() throws Exception {
        var topology = topology(1, 0, new WalletSpec(2, 100, true));
        try (var cluster = deploy(topology)) {
            var client = cluster.node("validator-0").client();

            for (var wallet : cluster.genesis().wallets()) {
                assertThat(client.walletBalance(wallet.owner(), null))
                        .map(WalletBalance::balance)
                        .contains(100L);
            }
        }
    }

    @Test
    void dialTheirNeighborsAndAllOfThemAfterARestart() throws Exception {
        try (var cluster = deploy(topology(3, 0))) {
            var hub = directory("validator-0").resolve("config.yaml");
            assertThat(dialed(hub)).isZero();
            assertThat(dialed(directory("validator-2").resolve("config.yaml"))).isEqualTo(1);

            cluster.control().restart("validator-0");

            assertThat(dialed(hub)).isEqualTo(2);
        }
    }

    private static int dialed(Path config) throws IOException {
        return RealYaml.read(Files.readString(config))
                .at("/network/backend/initial_peers")
                .size();
    }

    private Path directory(String node) throws IOException {
        try (var runs = Files.newDirectoryStream(directory, "run*")) {
            return runs.iterator().next().resolve("nodes").resolve(node);
        }
    }

    @Test
    void aSecondDeployProvesNothing() throws Exception {
        Path prover = standIns.circuits().resolve("prover");
        Path proofs = directory.resolve("proofs");
        Files.writeString(prover, Files.readString(prover).replace("exec ", "echo proof >>'" + proofs + "'; exec "));
        deploy(topology(1, 0)).close();
        assertThat(proofs).hasContent("proof");

        deploy(topology(1, 0)).close();

        assertThat(proofs).hasContent("proof");
    }

    @Test
    void aServiceThatPanicsIsNamedWithPayloadAndPlaceWhileTheProcessLives() {
        standIns.nodes(List.of(
                "--panic=Error listening on DA network with address /ip4/127.0.0.1/udp/20158/quic-v1",
                "--node=validator-1"));

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(topology(2, 0)))
                .withMessageContainingAll(
                        "Node 'validator-1' runs but cannot get ready: a part of it panicked: \"Error listening on DA network"
                                + " with address /ip4/127.0.0.1/udp/20158/quic-v1\" at nomos-services/data-availability/network/"
                                + "src/backends/libp2p/validator.rs:172:17. A port is taken: end the program that listens there",
                        "validator-1.log")
                .withMessageNotContaining("\u001b")
                .withMessageNotContaining("backtrace");
    }

    @Test
    void aServiceThatPanicsLaterIsAStateOfTheNode() throws Exception {
        Path now = directory.resolve("panic-now");
        standIns.nodes(List.of("--panic=wallet \"w\" is lost", "--when=" + now));
        try (var cluster = deploy(topology(1, 0))) {
            Files.createFile(now);
            await("the panic is told", () -> states.stream().anyMatch(state -> state.contains("IMPAIRED")));

            assertThat(states)
                    .filteredOn(state -> state.contains("IMPAIRED"))
                    .containsExactly(
                            "validator-0 IMPAIRED unintended: a part of it panicked: \"wallet \"w\" is lost\" at"
                                    + " nomos-services/data-availability/network/src/backends/libp2p/validator.rs:172:17");
            assertThat(cluster.node("validator-0").isRunning()).isTrue();
        }
    }

    @Test
    void circuitsOfAnotherReleaseAreNamed() {
        standIns.nodes(List.of("--release=stand-in key of December"));

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(topology(1, 0)))
                .withMessageContaining(
                        "The proofs of the genesis are refused: the circuits of NOMOS_CIRCUITS must be those"
                                + " of the release that the node was built with");
    }

    @Test
    void aProgramThatWantsAnotherConfigurationIsNamedWithTheKeyBeforeItStarts() {
        var swapped = new RealNodeFiles(
                standIns.executor(),
                standIns.executor(),
                new CircuitFiles(standIns.circuits()),
                standIns.parameters(),
                null,
                Map.of());

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(topology(1, 0), new RealNodeCommand(swapped)))
                .withMessageMatching("Node 'validator-0' cannot be started: .*/nomos-executor --check-config refuses"
                        + " .*config.yaml with exit code 1: Error: da_network.backend: missing field `validator_settings` at"
                        + " line [0-9]+ column [0-9]+\\. The configuration is that of nodes of December 2025; other revisions"
                        + " need others\\.");
        assertThat(states).noneMatch(state -> state.contains("PORT_OPEN"));
    }

    @Test
    void anOverlayChangesWhatItNamesAndAWrongKeyIsNamedBeforeTheStart() throws Exception {
        Path overlay = directory.resolve("overlay.yaml");
        Files.writeString(overlay, "validators: {deployment: {mempool: {pubsub_topic: other}}, tracing: {color: red}}");
        var files = new RealNodeFiles(
                standIns.node(), null, new CircuitFiles(standIns.circuits()), standIns.parameters(), overlay, Map.of());

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(topology(1, 0), new RealNodeCommand(files)))
                .withMessageContaining("Error: Unrecognized fields in config: [\"tracing.color\"]");
        assertThat(RealYaml.read(Files.readString(directory("validator-0").resolve("config.yaml")))
                        .at("/deployment/mempool/pubsub_topic")
                        .asText())
                .isEqualTo("other");
    }

    @Test
    void noNodeRunsBeforeItsConfigurationWasTaken() throws IOException {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(
                        withOverlay(topology(3, 0), "all: {tracing: {color: red}}"), new RealNodeCommand(files())))
                .withMessageContaining("Error: Unrecognized fields in config: [\"tracing.color\"]");
        for (int i = 0; i < 3; i++) {
            assertThat(directory("validator-" + i).resolveSibling("validator-" + i + ".log"))
                    .doesNotExist();
        }
    }

    @Test
    void aConfigurationIsCheckedOnceForAllDeploymentsWithTheSameOverlay() throws Exception {
        Path checks = directory.resolve("checks");
        Files.writeString(
                standIns.node(),
                Files.readString(standIns.node())
                        .replace("exec ", "[ \"$1\" != --check-config ] || echo check >>'" + checks + "'; exec "));
        deploy(topology(2, 0)).close();
        deploy(topology(2, 0)).close();
        assertThat(checks).hasContent("check");

        deploy(withOverlay(topology(2, 0), "all: {tracing: {level: DEBUG}}"), new RealNodeCommand(files()))
                .close();

        assertThat(checks).hasContent("check\ncheck");
    }

    @Test
    void theOverlayOfASettingIsLaidOverThatOfThePlan() throws Exception {
        Path overlay = directory.resolve("overlay.yaml");
        Files.writeString(
                overlay, "validator-0: {network: {backend: {swarm: {chain_sync_config: {peer_response_timeout: 7}}}}}");
        var files = new RealNodeFiles(
                standIns.node(), null, new CircuitFiles(standIns.circuits()), standIns.parameters(), overlay, Map.of());
        var plan = withOverlay("validators: {deployment: {mempool: {pubsub_topic: other}},"
                + " network: {backend: {swarm: {chain_sync_config: {peer_response_timeout: 8}}}}}");

        deploy(plan, new RealNodeCommand(files)).close();

        var written = RealYaml.read(Files.readString(directory("validator-0").resolve("config.yaml")));
        assertThat(written.at("/deployment/mempool/pubsub_topic").asText()).isEqualTo("other");
        assertThat(written.at("/network/backend/swarm/chain_sync_config/peer_response_timeout")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void anOverlayOfThePlanForNobodyOrOfAnotherFormIsRefused() {
        var command =
                new RealNodeCommand(new RealNodeFiles(null, null, new CircuitFiles(directory), null, null, Map.of()));

        assertThat(command.objections(withOverlay("validator-1: {tracing: {level: DEBUG}}")))
                .singleElement()
                .asString()
                .startsWith("The overlay of configurations in the plan has a part for \"validator-1\"");
        assertThat(command.objections(withOverlay("tracing")))
                .singleElement()
                .asString()
                .startsWith("The overlay of configurations cannot be read: the plan has no overlay at line 1");
        assertThat(command.objections(withOverlay("all: {tracing: {level: DEBUG}}")))
                .isEmpty();
    }

    private static TopologySpec withOverlay(String yaml) {
        return withOverlay(topology(1, 0), yaml);
    }

    private static TopologySpec withOverlay(TopologySpec plain, String yaml) {
        return new TopologySpec(
                plain.validators(),
                plain.executors(),
                plain.layout(),
                plain.consensus(),
                plain.wallets(),
                plain.links(),
                plain.clockSkews(),
                plain.stake(),
                yaml,
                false);
    }

    @Test
    void proofsThatCannotBeMadeEndTheDeployWithTheirReason() throws IOException {
        Files.writeString(standIns.circuits().resolve("zksign/proving_key.zkey"), "no key " + directory);

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(topology(1, 0)))
                .withMessageContainingAll(
                        "The genesis of the cluster cannot be made: ",
                        "prover failed with exit code 1",
                        "invalid proving key");
        assertThat(states).isEmpty();
    }

    @Test
    void whatIsMissingIsToldBeforeAnythingStartsAlsoWithoutJUnit() throws IOException {
        Files.delete(standIns.parameters());

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy(topology(1, 0)))
                .withMessageContainingAll("The nodes cannot be started: real nodes lack", "parameters of KZG");
        assertThat(states).isEmpty();
    }
}
