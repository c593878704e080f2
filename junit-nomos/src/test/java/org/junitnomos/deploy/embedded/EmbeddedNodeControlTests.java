package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

class EmbeddedNodeControlTests {
    private static final LinkSpec SLOW = new LinkSpec(Duration.ofMillis(300), Duration.ofMillis(50), 10);

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

    /** Show the links of a node as its testing port reports them. */
    private static List<String> links(EmbeddedDeployment deployment, String node) {
        return deployment.node(node).client().devControl().links().stream()
                .map(EmbeddedNodeControlTests::text)
                .toList();
    }

    private static String text(PeerLink link) {
        return link.peer()
                + (link.up() ? " up" : " down")
                + (Boolean.TRUE.equals(link.connected()) ? " connected" : "")
                + (link.quality().equals(SLOW) ? " slow" : "");
    }

    @Nested
    class Lifecycle {
        @Test
        void stopsANodeAndSeesItsApiRefuse() throws Exception {
            cluster.deployed(2, deployment -> {
                var proof = deployment.control().stop("validator-1");

                assertThat(proof).isEqualTo(new Proof(List.of("validator-1"), "validator-1 refuses connections"));
                assertThat(deployment.node("validator-1").isRunning()).isFalse();
                assertThat(cluster.states).endsWith("validator-1 STOPPED: stopped by node control");
            });
        }

        @Test
        void startsAStoppedNodeAndSeesItConnected() throws Exception {
            cluster.deployed(2, deployment -> {
                deployment.control().stop("validator-1");
                var first = cluster.cores.get("validator-1");

                var proof = deployment.control().start("validator-1");

                assertThat(proof.observed())
                        .isEqualTo(
                                "validator-1 answers GET /cryptarchia/info: height 0, and is connected with 1 of its 1"
                                        + " peers");
                assertThat(cluster.cores.get("validator-1")).isNotSameAs(first);
                assertThat(cluster.states)
                        .endsWith(
                                "validator-1 SPAWNED: started again",
                                "validator-1 PORT_OPEN: its HTTP port accepts connections",
                                "validator-1 API_READY: GET /cryptarchia/info answered 200: height 0",
                                "validator-1 READY: connected with 1 of 1 peers");
            });
        }

        @Test
        void restartsANode() throws Exception {
            cluster.deployed(2, deployment -> {
                assertThat(deployment.control().restart("validator-0").observed())
                        .isEqualTo(
                                "validator-0 refuses connections; validator-0 answers GET /cryptarchia/info: height 0,"
                                        + " and is connected with 1 of its 1 peers");
                assertThat(deployment.node("validator-0").isRunning()).isTrue();
            });
        }

        @Test
        void losesWhatIsUnderWayToANodeThatStops() throws Exception {
            cluster.deployed(2, deployment -> {
                cluster.cores.get("validator-0").outbox.send("validator-1", ScriptedCore.HELLO, 5_000_000_000L);

                deployment.control().restart("validator-1");
                cluster.timeline.sleep(Duration.ofSeconds(1));
                var before = List.copyOf(cluster.cores.get("validator-1").received);
                cluster.timeline.sleep(Duration.ofSeconds(10));

                assertThat(before).isNotEmpty();
                assertThat(cluster.cores.get("validator-1").received).isEqualTo(before);
            });
        }

        @Test
        void refusesWhatCannotBeDone() throws Exception {
            cluster.deployed(2, deployment -> {
                var control = deployment.control();
                assertThatIllegalStateException()
                        .isThrownBy(() -> control.start("validator-0"))
                        .withMessage("Node 'validator-0' cannot be started: it is running already.");
                control.stop("validator-0");
                assertThatIllegalStateException()
                        .isThrownBy(() -> control.stop("validator-0"))
                        .withMessage("Node 'validator-0' cannot be stopped: it is not running.");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> control.restart("validator-9"))
                        .withMessage("no node 'validator-9' in [validator-0, validator-1]");
            });
        }

        @Test
        void actsForOneThreadAfterTheOther() throws Exception {
            cluster.deployed(2, deployment -> {
                var done = new ArrayList<String>();
                var other = cluster.timeline.spawn(
                        "other",
                        () -> done.add(
                                deployment.control().restart("validator-1").observed()));

                deployment.control().restart("validator-1");
                assertThat(other.join(Timeline.FOREVER)).isTrue();

                assertThat(other.failure()).isEmpty();
                assertThat(done).hasSize(1);
            });
        }
    }

    @Nested
    class Links {
        @Test
        void partitionCutsLinksBetweenGroupsAtBothEnds() throws Exception {
            cluster.deployed(4, deployment -> {
                var proof = deployment
                        .control()
                        .partition(
                                List.of(List.of("validator-0", "validator-1"), List.of("validator-2", "validator-3")));

                assertThat(proof.observed())
                        .isEqualTo(
                                "4 links down at both ends: [validator-0 <-> validator-2, validator-0 <-> validator-3,"
                                        + " validator-1 <-> validator-2, validator-1 <-> validator-3]");
                assertThat(links(deployment, "validator-0"))
                        .containsExactly("validator-1 up connected", "validator-2 down", "validator-3 down");
                assertThat(links(deployment, "validator-3"))
                        .containsExactly("validator-0 down", "validator-1 down", "validator-2 up connected");
            });
        }

        @Test
        void partitionTakesTheRestAsOneMoreGroup() throws Exception {
            cluster.deployed(3, deployment -> {
                deployment.control().partition(List.of(List.of("validator-2")));

                assertThat(links(deployment, "validator-2")).containsExactly("validator-0 down", "validator-1 down");
                assertThat(links(deployment, "validator-0"))
                        .containsExactly("validator-1 up connected", "validator-2 down");
            });
        }

        @Test
        void refusesGroupsThatAreNone() throws Exception {
            cluster.deployed(2, deployment -> {
                var control = deployment.control();
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> control.partition(List.of(List.of("validator-0", "validator-1"))))
                        .withMessage("A partition needs at least two groups of nodes, none of them empty, but was"
                                + " [[validator-0, validator-1]] of [validator-0, validator-1]");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> control.partition(List.of(List.of("validator-0"), List.of())))
                        .withMessageContaining("none of them empty");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> control.partition(List.of(List.of("validator-0"), List.of("validator-0"))))
                        .withMessage("Node 'validator-0' is in more than one group of [[validator-0], [validator-0]]");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> control.partition(List.of(List.of("executor-0"))))
                        .withMessage("no node 'executor-0' in [validator-0, validator-1]");
            });
        }

        @Test
        void isolateCutsEveryLinkOfANode() throws Exception {
            cluster.deployed(3, deployment -> {
                assertThat(deployment.control().isolate("validator-1"))
                        .isEqualTo(new Proof(
                                1,
                                List.of("validator-1"),
                                "2 links down at both ends: [validator-0 <-> validator-1, validator-1 <->"
                                        + " validator-2]"));
                assertThat(links(deployment, "validator-1")).containsExactly("validator-0 down", "validator-2 down");
                assertThat(links(deployment, "validator-0"))
                        .containsExactly("validator-1 down", "validator-2 up connected");
            });
        }

        @Test
        void isolateRefusesANodeWithoutLinks() throws Exception {
            cluster.deployed(
                    1,
                    deployment -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> deployment.control().isolate("validator-0"))
                            .withMessage("Node 'validator-0' cannot be isolated: it has no link."));
        }

        @Test
        void setsTheQualityOfALinkAtBothEnds() throws Exception {
            cluster.deployed(3, deployment -> {
                assertThat(deployment
                                .control()
                                .link("validator-2", "validator-0", SLOW)
                                .observed())
                        .isEqualTo("1 link with latency 300 ms, jitter 50 ms, loss 10 per mille at both ends:"
                                + " [validator-0 <-> validator-2]");
                assertThat(links(deployment, "validator-0"))
                        .containsExactly("validator-1 up connected", "validator-2 up connected slow");
                assertThat(links(deployment, "validator-2"))
                        .containsExactly("validator-0 up connected slow", "validator-1 up connected");
            });
        }

        @Test
        void refusesALinkThatTheLayoutDoesNotHave() throws Exception {
            cluster.deployed(
                    EmbeddedClusterFixture.topology(3, NetworkLayout.STAR),
                    cluster.deployer(),
                    deployment -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> deployment.control().link("validator-1", "validator-2", SLOW))
                            .withMessage("Nodes 'validator-1' and 'validator-2' have no link in layout STAR;"
                                    + " 'validator-1' is linked with [validator-0]."));
        }

        @Test
        void healRestoresLinksQualityAndClocks() throws Exception {
            cluster.deployed(3, deployment -> {
                var control = deployment.control();
                control.isolate("validator-1");
                control.link("validator-0", "validator-2", SLOW);
                control.skewClock("validator-0", Duration.ofSeconds(5));

                assertThat(control.heal().observed())
                        .isEqualTo("3 links connected with their original quality at both ends: [validator-0 <->"
                                + " validator-1, validator-0 <-> validator-2, validator-1 <-> validator-2]; every clock"
                                + " is as deployed");
                assertThat(links(deployment, "validator-1"))
                        .containsExactly("validator-0 up connected", "validator-2 up connected");
                assertThat(links(deployment, "validator-0"))
                        .containsExactly("validator-1 up connected", "validator-2 up connected");
                assertThat(deployment.node("validator-0").client().devControl().clockSkew())
                        .isZero();
            });
        }

        @Test
        void aNodeRestartedInsideAPartitionStaysInside() throws Exception {
            cluster.deployed(3, deployment -> {
                deployment.control().isolate("validator-2");
                var before = List.copyOf(cluster.cores.get("validator-0").received);

                assertThat(deployment.control().restart("validator-2").observed())
                        .endsWith("and is connected with 0 of its 2 peers");
                cluster.timeline.sleep(Duration.ofSeconds(5));

                assertThat(links(deployment, "validator-2")).containsExactly("validator-0 down", "validator-1 down");
                assertThat(cluster.cores.get("validator-2").received).isEmpty();
                assertThat(cluster.cores.get("validator-0").received).isEqualTo(before);
            });
        }

        @Test
        void aNodeThatWasStoppedFollowsAtItsStart() throws Exception {
            cluster.deployed(3, deployment -> {
                deployment.control().stop("validator-2");
                deployment.control().stop("validator-1");

                assertThat(deployment.control().isolate("validator-2").observed())
                        .isEqualTo("2 links down at every running end: [validator-0 <-> validator-2, validator-1 <->"
                                + " validator-2]; stopped, follow at their start: [validator-1, validator-2]");
                deployment.control().start("validator-1");
                deployment.control().start("validator-2");

                assertThat(links(deployment, "validator-1"))
                        .containsExactly("validator-0 up connected", "validator-2 down");
                assertThat(links(deployment, "validator-2")).containsExactly("validator-0 down", "validator-1 down");
            });
        }
    }

    @Nested
    class Clocks {
        @Test
        void skewsAClockAndReadsItBack() throws Exception {
            cluster.deployed(1, deployment -> {
                var proof = deployment.control().skewClock("validator-0", Duration.ofMillis(-1500));

                assertThat(proof.observed()).isEqualTo("validator-0 reports a clock skew of -1.5 s");
                assertThat(deployment.node("validator-0").client().devControl().clockSkew())
                        .isEqualTo(Duration.ofMillis(-1500));
            });
        }

        @Test
        void keepsTheSkewAcrossARestart() throws Exception {
            cluster.deployed(2, deployment -> {
                deployment.control().stop("validator-0");

                assertThat(deployment
                                .control()
                                .skewClock("validator-0", Duration.ofSeconds(3))
                                .observed())
                        .isEqualTo("validator-0 is stopped and will start with a clock skew of 3 s");
                deployment.control().start("validator-0");

                assertThat(deployment.node("validator-0").client().devControl().clockSkew())
                        .isEqualTo(Duration.ofSeconds(3));
            });
        }

        @Test
        void healRestoresTheSkewOfTheTopology() throws Exception {
            var skewed = new TopologySpec(
                    2,
                    0,
                    NetworkLayout.FULL,
                    ConsensusParameters.DEFAULT,
                    WalletSpec.NONE,
                    LinkSpec.DEFAULT,
                    Map.of("validator-1", Duration.ofMillis(250)));
            cluster.deployed(skewed, cluster.deployer(), deployment -> {
                var clock = deployment.node("validator-1").client().devControl();
                deployment.control().skewClock("validator-1", Duration.ZERO);
                assertThat(clock.clockSkew()).isZero();

                deployment.control().heal();

                assertThat(clock.clockSkew()).isEqualTo(Duration.ofMillis(250));
            });
        }
    }
}
