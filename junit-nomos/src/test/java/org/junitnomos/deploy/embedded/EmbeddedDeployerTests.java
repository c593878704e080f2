package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.NetworkLayout;

class EmbeddedDeployerTests {
    @TempDir
    Path directory;

    private EmbeddedClusterFixture cluster;

    @BeforeEach
    void createTimeline() {
        cluster = new EmbeddedClusterFixture(directory);
    }

    @AfterEach
    void closeTimeline() {
        cluster.close();
    }

    @Test
    void canDoEverythingThatDevNodesCan() {
        var deployer = cluster.deployer();

        assertThat(deployer.backend()).isEqualTo("embedded");
        assertThat(deployer.requirement().isMet()).isTrue();
        assertThat(deployer.capabilities())
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Capability.OVERLAY, Capability.UPGRADE)));
    }

    @Test
    void isFoundByName() {
        assertThat(Deployers.load().find("embedded")).isInstanceOf(EmbeddedDeployer.class);
    }

    @Test
    void explainsThatAForeignThreadCannotDeploy() {
        assertThatThrownBy(() -> cluster.deployer()
                        .deploy(cluster.request(EmbeddedClusterFixture.topology(1, NetworkLayout.STAR))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("deploying on backend 'embedded'");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsWhenALogCouldNotBeWritten(@TempDir Path full) throws Exception {
        var log = Files.createDirectories(full.resolve("nodes")).resolve("validator-1.log");
        Files.createSymbolicLink(log, Path.of("/dev/full"));
        var small = new EmbeddedClusterFixture(full);

        assertThatThrownBy(() -> small.deployed(2, deployment -> {}))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Deployment 'embedded' is closed, but what its nodes wrote is not whole: log " + log
                        + " is not complete: No space left on device.");
    }

    @Nested
    class WhenDeployed {
        @Test
        void walksEachNodeThroughItsStates() throws Exception {
            cluster.deployed(
                    2,
                    deployment -> assertThat(cluster.states)
                            .containsExactly(
                                    "validator-0 SPAWNED: deployed",
                                    "validator-1 SPAWNED: deployed",
                                    "validator-0 PORT_OPEN: its HTTP port accepts connections",
                                    "validator-0 API_READY: GET /cryptarchia/info answered 200: height 0",
                                    "validator-1 PORT_OPEN: its HTTP port accepts connections",
                                    "validator-1 API_READY: GET /cryptarchia/info answered 200: height 0",
                                    "validator-0 READY: connected with 1 of 1 peers",
                                    "validator-1 READY: connected with 1 of 1 peers"));
        }

        @Test
        void describesTheCluster() throws Exception {
            cluster.deployed(3, deployment -> {
                assertThat(deployment.nodes())
                        .extracting(NodeHandle::name)
                        .containsExactly("validator-0", "validator-1", "validator-2");
                assertThat(deployment.nodes()).allMatch(NodeHandle::isRunning);
                assertThat(deployment.systemUnderTest()).isEqualTo("dev node (simulated, rules 2025-12)");
                assertThat(deployment.chainStart()).isZero();
                assertThat(deployment.genesis().leaders()).hasSize(3);
            });
        }

        @Test
        void configuresNodesFromTopologyAndGenesis() throws Exception {
            cluster.deployed(
                    EmbeddedClusterFixture.topology(3, NetworkLayout.CHAIN), cluster.deployer(), deployment -> {
                        var config = cluster.cores.get("validator-1").config;
                        assertThat(config.peers()).containsExactly("validator-0", "validator-2");
                        assertThat(config.genesis())
                                .isEqualTo(deployment.genesis().transaction());
                        assertThat(config.leaderKey())
                                .isEqualTo(deployment.genesis().leaders().get(1));
                        assertThat(config.walletKeys())
                                .containsExactly(config.leaderKey().toPublicKey());
                        assertThat(config.slotNanos()).isEqualTo(2_000_000_000L);
                        assertThat(config.link().latencyNanos()).isEqualTo(20_000_000L);
                        assertThat(config.executor()).isFalse();
                        assertThat(config.seed())
                                .isNotEqualTo(
                                        cluster.cores.get("validator-0").config.seed());
                    });
        }

        @Test
        void deliversMessagesAfterTheirDelay() throws Exception {
            cluster.deployed(
                    2,
                    deployment -> assertThat(cluster.cores.get("validator-1").received)
                            .startsWith("validator-0 Hello 20000000"));
        }

        @Test
        void ticksWhenTheCoreAsksForIt() throws Exception {
            cluster.deployed(1, deployment -> {
                cluster.timeline.sleep(Duration.ofSeconds(7));

                assertThat(cluster.cores.get("validator-0").ticks)
                        .containsExactly(2_000_000_000L, 4_000_000_000L, 6_000_000_000L);
            });
        }

        @Test
        void countsTimeFromTheStartOfTheChain() throws Exception {
            cluster.managed(() -> {
                cluster.timeline.sleep(Duration.ofMillis(700));
                return null;
            });
            cluster.deployed(1, deployment -> {
                cluster.timeline.sleep(Duration.ofSeconds(3));

                assertThat(deployment.chainStart()).isEqualTo(Duration.ofMillis(700));
                assertThat(cluster.cores.get("validator-0").ticks).containsExactly(2_000_000_000L);
            });
        }

        @Test
        void reportsADeathBetweenTwoCallsAndKeepsTheOthersRunning() throws Exception {
            var deployer = cluster.deployer((config, store, outbox) -> new ScriptedCore(config, store, outbox) {
                @Override
                public void tick(long now) {
                    if (config.name().equals("validator-1")) {
                        throw new IllegalStateException("planted");
                    }
                    super.tick(now);
                }
            });
            cluster.deployed(EmbeddedClusterFixture.topology(2, NetworkLayout.FULL), deployer, deployment -> {
                cluster.timeline.sleep(Duration.ofSeconds(5));

                assertThat(cluster.states)
                        .contains("validator-1 DEAD unintended: java.lang.IllegalStateException: planted");
                assertThat(deployment.node("validator-1").isRunning()).isFalse();
                assertThat(cluster.cores.get("validator-0").ticks).hasSize(2);
                assertThat(Files.readString(deployment.node("validator-1").log().orElseThrow()))
                        .contains(
                                "ERROR died of an error of its own\njava.lang.IllegalStateException: planted\n    at ");
            });
        }
    }

    @Nested
    class Logs {
        @Test
        void holdProtocolTimeLevelAndText() throws Exception {
            cluster.deployed(1, deployment -> {
                var log = deployment.node("validator-0").log().orElseThrow();

                assertThat(log).isEqualTo(directory.resolve("nodes").resolve("validator-0.log"));
                assertThat(log)
                        .hasContent("2026-01-01T00:00:00Z INFO  starting, life 1\n"
                                + "2026-01-01T00:00:00Z INFO  started at 0\n");
            });
            assertThat(directory.resolve("nodes/validator-0.log"))
                    .content()
                    .endsWith("INFO  stopped: deployment closed\n");
        }

        @Test
        void haveAsMuchAsTheRequestSays() throws Exception {
            cluster.logLevel = LogLevel.DEBUG;
            cluster.deployed(1, deployment -> {
                cluster.timeline.sleep(Duration.ofSeconds(3));

                assertThat(deployment.node("validator-0").log().orElseThrow())
                        .content()
                        .endsWith("2026-01-01T00:00:02Z DEBUG tick\n");
            });
        }
    }

    @Nested
    class WhenANodeDoesNotBecomeReady {
        @Test
        void stopsStartedNodesWhenOneFails() {
            var deployer = cluster.deployer((config, store, outbox) -> {
                if (config.name().equals("validator-1")) {
                    throw new IllegalArgumentException("bad genesis");
                }
                return new ScriptedCore(config, store, outbox);
            });

            assertThatThrownBy(() -> cluster.deployed(
                            EmbeddedClusterFixture.topology(3, NetworkLayout.FULL), deployer, deployment -> {}))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("Node 'validator-1' ended before it was ready:"
                            + " java.lang.IllegalArgumentException: bad genesis. No node is ready.\nLast ")
                    .hasMessageContaining(" log lines (all: " + directory.resolve("nodes/validator-1.log") + "):\n")
                    .hasMessageContaining("INFO  starting, life 1\n");
            assertThat(cluster.states)
                    .contains(
                            "validator-1 DEAD unintended: java.lang.IllegalArgumentException: bad genesis",
                            "validator-0 STOPPED: deployment closed",
                            "validator-2 STOPPED: deployment closed");
            assertThat(cluster.timeline.nanos()).isZero();
        }

        @Test
        void saysWhatANodeThatIsNotConnectedAnsweredLast() {
            var deployer = cluster.deployer((config, store, outbox) -> new ScriptedCore(config, store, outbox) {
                @Override
                String networkInfo() {
                    return config.name().equals("validator-2")
                            ? "{\"listen_addresses\":[],\"n_peers\":1,\"n_connections\":1,\"n_pending_connections\":0}"
                            : super.networkInfo();
                }
            });

            assertThatThrownBy(() -> cluster.deployed(
                            EmbeddedClusterFixture.topology(3, NetworkLayout.FULL), deployer, deployment -> {}))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("Node 'validator-2' was not ready within 30 s (301 attempts):"
                            + " GET http://validator-2.nomos.test/network/info last answered n_peers 1, expected 2 or"
                            + " more. Nodes ready: validator-0, validator-1.\nLast 2 of 2 log lines (all: "
                            + directory.resolve("nodes/validator-2.log") + "):\n2026-01-01T00:00:00Z INFO  starting");
        }

        @Test
        void showsTheControlCharactersOfNodesByTheirNumbers() {
            String hostile = "hidden\u001b]0;title\u0007\u202eshown";
            var deployer = cluster.deployer((config, store, outbox) -> {
                if (config.name().equals("validator-1")) {
                    throw new IllegalArgumentException(hostile);
                }
                return new ScriptedCore(config, store, outbox);
            });

            assertThatThrownBy(() -> cluster.deployed(
                            EmbeddedClusterFixture.topology(3, NetworkLayout.FULL), deployer, deployment -> {}))
                    .hasMessageStartingWith("Node 'validator-1' ended before it was ready:"
                            + " java.lang.IllegalArgumentException: hidden\\u001b]0;title\\u0007\\u202eshown. No")
                    .message()
                    .contains("\njava.lang.IllegalArgumentException: hidden\\u001b]0;title\\u0007\\u202eshown\n") // its
                    // log
                    .doesNotContain("\u001b", "\u0007", "\u202e");
        }

        @Test
        void saysWhatANodeThatIsNotReadyAnsweredLast() {
            var deployer = cluster.deployer((config, store, outbox) -> new ScriptedCore(config, store, outbox) {
                @Override
                public ApiResponse handle(ApiRequest request, long now) {
                    return new ApiResponse(503, "text/plain", "warming up".getBytes(StandardCharsets.UTF_8), null);
                }
            });

            assertThatThrownBy(() -> cluster.deployed(
                            EmbeddedClusterFixture.topology(2, NetworkLayout.FULL), deployer, deployment -> {}))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining(
                            "GET http://validator-0.nomos.test/cryptarchia/info last answered 503: warming"
                                    + " up. No node is ready. Not ready either: validator-1 (GET http://validator-1")
                    .hasCauseInstanceOf(NodeApiException.class);
        }
    }

    @Nested
    class WhenClosed {
        @Test
        void stopsEveryNodeOnceAndKeepsTheLogs() throws Exception {
            var deployment = new AtomicReference<EmbeddedDeployment>();
            cluster.deployed(2, deployment::set);

            assertThat(cluster.states)
                    .endsWith("validator-0 STOPPED: deployment closed", "validator-1 STOPPED: deployment closed");
            int before = cluster.states.size();
            deployment.get().close();
            assertThat(cluster.states).hasSize(before);
            assertThat(directory.resolve("nodes")).isDirectoryContaining("glob:**/validator-1.log");
        }

        @Test
        void leavesNoEventOnTheTimeline() throws Exception {
            cluster.deployed(2, deployment -> cluster.timeline.sleep(Duration.ofSeconds(2)));
            var ticks = new ArrayList<>(cluster.cores.get("validator-0").ticks);

            cluster.managed(() -> {
                cluster.timeline.sleep(Duration.ofMinutes(1));
                return null;
            });

            assertThat(cluster.cores.get("validator-0").ticks).isEqualTo(ticks);
        }

        @Test
        void refusesToStartANodeAgain() throws Exception {
            var deployment = new AtomicReference<EmbeddedDeployment>();
            cluster.deployed(1, deployment::set);

            assertThatThrownBy(() ->
                            cluster.managed(() -> deployment.get().control().start("validator-0")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Node 'validator-0' cannot be started: the deployment is closed.");
        }
    }
}
