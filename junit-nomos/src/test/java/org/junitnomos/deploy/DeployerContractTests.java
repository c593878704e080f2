package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.WalletBalance;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.metrics.Metric;
import org.junitnomos.metrics.MetricsCollector;
import org.junitnomos.metrics.PushedMetrics;
import org.junitnomos.metrics.RecordedMetrics;
import org.junitnomos.metrics.RunMetrics;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** What every backend of dev nodes has to do to deploy a cluster; one subclass a backend. */
public abstract class DeployerContractTests extends BackendContract {
    protected DeployerContractTests(Backend backend) {
        super(backend);
    }

    private static boolean shareABlock(Cluster cluster, List<String> nodes) {
        var common = new LinkedHashSet<>(chain(cluster, nodes.get(0)));
        nodes.forEach(node -> common.retainAll(chain(cluster, node)));
        return !common.isEmpty();
    }

    @Test
    void deploysNodesThatAreReadyAndShareTheGenesis() throws Exception {
        deployed(topology(2, 1, NetworkLayout.STAR), cluster -> {
            assertThat(names(cluster)).containsExactly("validator-0", "validator-1", "executor-0");
            for (var node : cluster.nodes()) {
                assertThat(node.isRunning()).isTrue();
                assertThat(node.client().headers(null, cluster.genesis().id()))
                        .endsWith(cluster.genesis().id());
                int linked = node.name().equals("validator-0") ? 2 : 1;
                assertThat(node.client().networkInfo().peers())
                        .isBetween(linked, backend.runsDevNodes() ? linked : 2); // real ones find each other
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
    void letsNodesTellTheirMetrics() throws Exception {
        requiresDevNodes("their metrics");
        deployed(topology(2, 1, NetworkLayout.FULL), cluster -> {
            var journal = new InMemoryJournal();
            var collector = new MetricsCollector(timeline, cluster, journal, SLOT, PushedMetrics.NONE);
            var metrics = new RecordedMetrics(journal, collector::sample, Optional::empty);
            awaitHeight(cluster, 3, names(cluster).toArray(new String[0]));
            if (backend.deployer().backend().equals("container")) { // whose engine begins to tell when it is asked
                await(
                        "the engine tells what containers take",
                        () -> cluster.nodes().stream()
                                .allMatch(node -> node.usage().isPresent()));
            }
            metrics.sample();
            cluster.control().stop("validator-1");
            metrics.sample();

            assertThat(metrics.nodes()).isEqualTo(names(cluster));
            for (var height : metrics.series("nomos_dev_node_height")) {
                assertThat(height.samples().get(0).value()).isGreaterThanOrEqualTo(3);
                assertThat(height.samples().get(1).missing())
                        .isEqualTo(height.node().equals("validator-1") ? "it does not run" : null);
            }
            assertThat(metrics.value("executor-0", "consensus_processed_blocks").orElseThrow())
                    .isGreaterThanOrEqualTo(3);
            boolean apart = !backend.deployer().backend().equals("embedded");
            assertThat(metrics.metrics("validator-0").stream().map(Metric::name))
                    .as("what the node takes of its machine")
                    .satisfies(names -> assertThat(names.contains("nomos_process_cpu_seconds")
                                    && names.contains("nomos_process_resident_memory_bytes")
                                    && names.contains("nomos_process_threads"))
                            .isEqualTo(apart));
            assertThat(metrics.value(RunMetrics.TEST_JVM, "nomos_test_jvm_heap_bytes")
                            .isPresent())
                    .isEqualTo(!timeline.isVirtual());
            assertThat(metrics.value("validator-0", "nomos_client_requests{route=\"/cryptarchia/info\"}")
                            .orElseThrow())
                    .isPositive();
            assertThat(metrics.value("validator-0", "nomos_client_slowest_seconds{route=\"/cryptarchia/info\"}")
                            .orElseThrow())
                    .isBetween(0.0, 60.0);
        });
    }

    @Test
    void growsOneChainOnAllNodes() throws Exception {
        deployed(topology(4, 0, NetworkLayout.CHAIN), cluster -> {
            awaitHeight(cluster, 8, names(cluster).toArray(new String[0]));

            assertThat(shareABlock(cluster, names(cluster))).isTrue();
        });
    }

    private static OptionalLong balance(Cluster cluster, ZkPublicKey owner) {
        return answer(() -> cluster.node("validator-0").client().walletBalance(owner, null)).stream()
                .mapToLong(WalletBalance::balance)
                .findFirst();
    }

    @Test
    void tellsNodesOfTheirLeaderAndNotOfTheWallets() throws Exception {
        deployed(topology(1, 0, NetworkLayout.STAR), cluster -> {
            var leader = cluster.genesis().leaders().get(0).toPublicKey();
            assertThat(balance(cluster, leader)).hasValue(1000);
            for (var wallet : cluster.genesis().wallets()) {
                assertThat(balance(cluster, wallet.owner())).isEmpty();
            }
        });
    }

    @Test
    void letsNodesLeadWithTheNotesOfWalletsThatTheyKnow() throws Exception {
        var topology = topology(2, 0, NetworkLayout.FULL, new WalletSpec(20, 100, true), List.of(1, 0));
        deployed(topology, cluster -> {
            for (var wallet : cluster.genesis().wallets()) {
                assertThat(balance(cluster, wallet.owner())).hasValue(100);
            }
            awaitHeight(cluster, 2, "validator-0", "validator-1");

            cluster.control().stop("validator-0");

            awaitHeight(cluster, height(cluster, "validator-1") + 3, "validator-1");
        });
    }

    @Test
    void fundsAThousandWallets() throws Exception {
        var topology = topology(1, 0, NetworkLayout.STAR, new WalletSpec(1_000, 1, true), List.of());
        deployed(topology, cluster -> {
            var last = cluster.genesis().wallets().get(999);

            assertThat(balance(cluster, last.owner())).hasValue(1);
            if (backend.runsDevNodes()) { // a real one first looks through all slots of its epoch for each note
                awaitHeight(cluster, 1, "validator-0");
            }
        });
    }

    @Test
    void letsNodesLeadByTheirShareOfTheStake() throws Exception {
        requiresDevNodes("who proposed a block");
        deployed(topology(2, 0, NetworkLayout.FULL, WalletSpec.NONE, List.of(1, 0)), cluster -> {
            assertThat(cluster.genesis().leaderStake(0)).isEqualTo(2000);
            assertThat(cluster.genesis().leaderStake(1)).isZero();

            awaitHeight(cluster, 10, "validator-0", "validator-1");

            assertThat(proposals(cluster, "validator-0")).isNotEmpty();
            assertThat(proposals(cluster, "validator-1")).isEmpty();
        });
    }

    /** They may be reached from other machines, and make faults. */
    @Test
    void testingPortsAnswerTheClientsOfTheRunAlone() throws Exception {
        requires(Capability.LINK_QUALITY);
        requiresDevNodes("something on a port for faults");
        deployed(1, cluster -> {
            var endpoint = cluster.node("validator-0").client().endpoint();
            assumeThat(endpoint.api().getHost())
                    .as("nodes in this JVM have no ports")
                    .doesNotEndWith(".nomos.test");
            try (var strangers = NodeClients.overHttp()) {
                var stranger = strangers.client(endpoint).devControl();

                assertThatThrownBy(stranger::links).hasMessageContaining("expected status 200 but was 401");
            }
            assertThat(links(cluster, "validator-0")).isEmpty();
        });
    }

    @Test
    void stopsStartedNodesWhenTheyAreNotReadyInTime() throws Exception {
        requires(Capability.LINK_QUALITY);
        requiresDevNodes("that they answer before they are connected"); // links of real ones are not slow here
        var topology = new TopologySpec(
                2,
                0,
                NetworkLayout.STAR,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), SECURITY_PARAMETER),
                WalletSpec.NONE,
                new LinkSpec(Duration.ofMinutes(10), Duration.ZERO, 0),
                Map.of());

        var limit = backend.untilNodesAnswer();

        timeline.call(() -> {
            assertThatThrownBy(() -> backend.deployer().deploy(request(topology, limit)))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Node 'validator-0' was not ready within " + limit.toSeconds() + " s (")
                    .hasMessageContaining("last answered n_peers 0, expected 1 or more. No node is ready.")
                    .hasMessageContaining("log lines (all: ");
            return null;
        });
        assertThat(states).contains("validator-0 STOPPED", "validator-1 STOPPED");
    }
}
