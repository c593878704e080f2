package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.internal.PollLoop;
import org.junitnomos.internal.Timeline;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** What every backend of dev nodes has to do; one subclass a backend. */
public abstract class DeployerContractTests {
    private static final Duration SLOT = Duration.ofMillis(100);
    private static final LinkSpec FAST = new LinkSpec(Duration.ofMillis(2), Duration.ofMillis(1), 0);

    @TempDir
    Path directory;

    private final List<String> states = Collections.synchronizedList(new ArrayList<>());
    private Timeline timeline;

    /** Create the deployer under test. */
    protected abstract Deployer deployer();

    /** Create the timeline to deploy on; closed after the test. */
    protected abstract Timeline createTimeline();

    @BeforeEach
    void begin() {
        timeline = createTimeline();
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private interface Body {
        void run(Deployment cluster) throws Exception;
    }

    private static TopologySpec topology(int validators, int executors, NetworkLayout layout) {
        return new TopologySpec(
                validators,
                executors,
                layout,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 10),
                new WalletSpec(2, 100),
                FAST,
                Map.of());
    }

    private DeployRequest request(TopologySpec topology, Duration readinessTimeout) {
        return new DeployRequest(
                topology,
                4711,
                timeline,
                directory,
                readinessTimeout,
                LogLevel.INFO,
                (node, state, intended, reason) -> states.add(node + " " + state + (intended ? "" : " unintended")));
    }

    private void deployed(TopologySpec topology, Body body) throws Exception {
        timeline.call(() -> {
            try (var cluster = deployer().deploy(request(topology, Duration.ofSeconds(60)))) {
                body.run(cluster);
            }
            return null;
        });
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, SLOT, Duration.ofSeconds(30)).untilTrue(condition);
    }

    private void awaitHeight(Cluster cluster, long height, String... nodes) throws Exception {
        for (var node : nodes) {
            await(node + " is at height " + height, () -> height(cluster, node) >= height);
        }
    }

    private static long height(Cluster cluster, String node) {
        return cluster.node(node).client().cryptarchiaInfo().height();
    }

    private static HeaderId tip(Cluster cluster, String node) {
        return cluster.node(node).client().cryptarchiaInfo().tip();
    }

    private static boolean knows(Cluster cluster, String node, HeaderId block) {
        return cluster.node(node).client().block(block).isPresent();
    }

    /** Return the blocks of a node's chain, without genesis. */
    private static Set<HeaderId> chain(Cluster cluster, String node) {
        var ids = new LinkedHashSet<>(cluster.node(node).client().headers(null, null));
        ids.remove(cluster.genesis().id());
        return ids;
    }

    private static boolean shareABlock(Cluster cluster, List<String> nodes) {
        var common = new LinkedHashSet<>(chain(cluster, nodes.get(0)));
        nodes.forEach(node -> common.retainAll(chain(cluster, node)));
        return !common.isEmpty();
    }

    private static List<String> names(Cluster cluster) {
        return cluster.nodes().stream().map(NodeHandle::name).toList();
    }

    @Test
    void deploysNodesThatAreReadyAndShareTheGenesis() throws Exception {
        deployed(topology(2, 1, NetworkLayout.STAR), cluster -> {
            assertThat(names(cluster)).containsExactly("validator-0", "validator-1", "executor-0");
            for (var node : cluster.nodes()) {
                assertThat(node.isRunning()).isTrue();
                assertThat(node.client().cryptarchiaInfo().lib())
                        .isEqualTo(cluster.genesis().id());
                assertThat(node.client().networkInfo().peers())
                        .isEqualTo(node.name().equals("validator-0") ? 2 : 1);
                assertThat(states.stream().filter(state -> state.startsWith(node.name() + " ")))
                        .containsExactly(
                                node.name() + " SPAWNED",
                                node.name() + " PORT_OPEN",
                                node.name() + " API_READY",
                                node.name() + " READY");
            }
        });
    }

    @Test
    void growsOneChainOnAllNodes() throws Exception {
        deployed(topology(4, 0, NetworkLayout.CHAIN), cluster -> {
            awaitHeight(cluster, 8, names(cluster).toArray(new String[0]));

            assertThat(shareABlock(cluster, names(cluster))).isTrue();
        });
    }

    @Test
    void fundsTheWalletsOfTheGenesis() throws Exception {
        deployed(topology(1, 0, NetworkLayout.STAR), cluster -> {
            for (var wallet : cluster.genesis().wallets()) {
                var balance = cluster.node("validator-0").client().walletBalance(wallet.owner(), null);
                assertThat(balance.orElseThrow().balance()).isEqualTo(100);
            }
        });
    }

    @Test
    void stopsANodeAndTheOthersGoOn() throws Exception {
        deployed(topology(3, 0, NetworkLayout.FULL), cluster -> {
            cluster.control().stop("validator-1");

            assertThatThrownBy(() -> cluster.node("validator-1").client().cryptarchiaInfo())
                    .isInstanceOf(NodeApiException.class);
            assertThat(cluster.node("validator-1").isRunning()).isFalse();
            assertThat(states).endsWith("validator-1 STOPPED");
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0", "validator-2");
        });
    }

    @Test
    void startsAStoppedNodeWhichCatchesUp() throws Exception {
        deployed(topology(3, 0, NetworkLayout.FULL), cluster -> {
            cluster.control().stop("validator-1");
            awaitHeight(cluster, height(cluster, "validator-0") + 5, "validator-0");

            cluster.control().start("validator-1");
            var tip = tip(cluster, "validator-0");

            await(
                    "validator-1 has caught up",
                    () -> chain(cluster, "validator-1").contains(tip));
            assertThat(states)
                    .endsWith(
                            "validator-1 STOPPED",
                            "validator-1 SPAWNED",
                            "validator-1 PORT_OPEN",
                            "validator-1 API_READY",
                            "validator-1 READY");
        });
    }

    @Test
    void restartsANodeWithTheBlocksItHad() throws Exception {
        deployed(topology(3, 0, NetworkLayout.FULL), cluster -> {
            awaitHeight(cluster, 4, "validator-2");
            var tip = tip(cluster, "validator-2");
            cluster.control().isolate("validator-2");

            var proof = cluster.control().restart("validator-2");

            assertThat(proof.observed()).contains("validator-2 answers GET /cryptarchia/info");
            assertThat(knows(cluster, "validator-2", tip)).isTrue();
        });
    }

    @Test
    void partitionsTheClusterAndHealsIt() throws Exception {
        deployed(topology(4, 0, NetworkLayout.FULL), cluster -> {
            cluster.control()
                    .partition(List.of(List.of("validator-0", "validator-1"), List.of("validator-2", "validator-3")));
            long height = Math.max(height(cluster, "validator-0"), height(cluster, "validator-2"));
            awaitHeight(cluster, height + 3, "validator-0", "validator-1", "validator-2", "validator-3");
            var one = tip(cluster, "validator-0");
            var other = tip(cluster, "validator-3");
            timeline.sleep(SLOT.multipliedBy(3));
            assertThat(knows(cluster, "validator-3", one)).isFalse();
            assertThat(knows(cluster, "validator-0", other)).isFalse();

            cluster.control().heal();

            await(
                    "one side has taken over the chain of the other",
                    () -> chain(cluster, "validator-0").contains(other)
                            || chain(cluster, "validator-3").contains(one));
            await("all share new blocks", () -> {
                var tip = tip(cluster, "validator-2");
                return names(cluster).stream().allMatch(node -> knows(cluster, node, tip));
            });
        });
    }

    @Test
    void aNodeRestartedInsideAPartitionStaysInside() throws Exception {
        deployed(topology(3, 0, NetworkLayout.FULL), cluster -> {
            cluster.control().isolate("validator-2");
            cluster.control().restart("validator-2");
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0");
            var tip = tip(cluster, "validator-0");
            timeline.sleep(SLOT.multipliedBy(5));

            assertThat(knows(cluster, "validator-2", tip)).isFalse();
            assertThat(cluster.node("validator-2").client().networkInfo().peers())
                    .isZero();
        });
    }

    @Test
    void changesALinkAndReadsItBackAtBothEnds() throws Exception {
        deployed(topology(2, 0, NetworkLayout.STAR), cluster -> {
            var slow = new LinkSpec(Duration.ofMillis(40), Duration.ofMillis(10), 5);

            cluster.control().link("validator-1", "validator-0", slow);

            for (var node : cluster.nodes()) {
                assertThat(node.client().devControl().links())
                        .singleElement()
                        .satisfies(link -> assertThat(link.quality()).isEqualTo(slow));
            }
            cluster.control().heal();
            assertThat(cluster.node("validator-0")
                            .client()
                            .devControl()
                            .links()
                            .get(0)
                            .quality())
                    .isEqualTo(FAST);
        });
    }

    @Test
    void skewsAClockKeepsItAcrossARestartAndHealsIt() throws Exception {
        deployed(topology(2, 0, NetworkLayout.STAR), cluster -> {
            var clock = cluster.node("validator-1").client().devControl();

            cluster.control().skewClock("validator-1", SLOT.multipliedBy(2));
            assertThat(clock.clockSkew()).isEqualTo(SLOT.multipliedBy(2));
            cluster.control().restart("validator-1");
            assertThat(clock.clockSkew()).isEqualTo(SLOT.multipliedBy(2));
            cluster.control().heal();
            assertThat(clock.clockSkew()).isZero();
        });
    }

    @Test
    void writesALogForEachNode() throws Exception {
        deployed(
                topology(2, 0, NetworkLayout.STAR),
                cluster -> assertThat(cluster.nodes())
                        .allSatisfy(node -> assertThat(node.log().orElseThrow()).isNotEmptyFile()));
    }

    @Test
    void stopsEverythingWhenClosed() throws Exception {
        var nodes = new ArrayList<NodeHandle>();
        var closed = new ArrayList<Deployment>();
        deployed(topology(2, 0, NetworkLayout.STAR), cluster -> {
            nodes.addAll(cluster.nodes());
            closed.add(cluster);
        });

        assertThat(nodes).noneMatch(NodeHandle::isRunning);
        assertThat(states).contains("validator-0 STOPPED", "validator-1 STOPPED");
        timeline.call(() -> {
            closed.get(0).close();
            return null;
        });
    }

    @Test
    void stopsStartedNodesWhenTheyAreNotReadyInTime() throws Exception {
        var topology = new TopologySpec(
                2,
                0,
                NetworkLayout.STAR,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), 10),
                WalletSpec.NONE,
                new LinkSpec(Duration.ofMinutes(10), Duration.ZERO, 0),
                Map.of());

        timeline.call(() -> {
            assertThatThrownBy(() -> deployer().deploy(request(topology, Duration.ofMillis(1500))))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Node 'validator-0' was not ready within 1.5 s (")
                    .hasMessageContaining("last answered n_peers 0, expected 1 or more. No node is ready.")
                    .hasMessageContaining("log lines (all: ");
            return null;
        });
        assertThat(states).contains("validator-0 STOPPED", "validator-1 STOPPED");
    }
}
