package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** What every backend of dev nodes has to do to deploy a cluster; one subclass a backend. */
public abstract class DeployerContractTests extends BackendContract {
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
            assertThatThrownBy(() -> deployer().deploy(request(topology, Duration.ofSeconds(15))))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Node 'validator-0' was not ready within 15 s (")
                    .hasMessageContaining("last answered n_peers 0, expected 1 or more. No node is ready.")
                    .hasMessageContaining("log lines (all: ");
            return null;
        });
        assertThat(states).contains("validator-0 STOPPED", "validator-1 STOPPED");
    }

    @Test
    void carriesABlobFromAnExecutorToABlockAndGivesItBack() throws Exception {
        deployed(topology(2, 1, NetworkLayout.STAR), cluster -> {
            byte[] data = "0123456789012345678901234567890".repeat(9).getBytes(StandardCharsets.US_ASCII);
            var executor = cluster.node("executor-0").client().blobs();

            var blob = executor.disperse(new BlobRequest.Disperse(
                    ChannelId.fromHex("01".repeat(32)), MsgId.ZERO, Ed25519PublicKey.ZERO, data));

            await("a block has the blob", () -> hasBlob(cluster, "validator-1", blob));
            var shares = new TreeMap<Integer, BlobShare>();
            for (var node : cluster.nodes()) {
                node.client().blobs().shares(blob).forEach(share -> shares.put(share.index(), share));
            }
            assertThat(shares).hasSize(2);
            var commitments = cluster.node("validator-0")
                    .client()
                    .blobs()
                    .commitments(blob, 0)
                    .orElseThrow();
            for (var share : shares.values()) {
                assertThat(BlobCoding.reconstruct(commitments, List.of(share), data.length))
                        .isEqualTo(data);
            }
            var validator = cluster.node("validator-1").client().blobs();
            assertThat(validator.membership(0).addresses()).hasSize(3);
            assertThat(validator.historicSampling(
                            tip(cluster, "validator-1"), List.of(new BlobRequest.Commitments(blob, 0))))
                    .isTrue();
            assertThat(validator.storedCommitments(BlobId.ZERO)).isEmpty();
        });
    }

    private static boolean hasBlob(Cluster cluster, String node, BlobId blob) {
        var client = cluster.node(node).client();
        return chain(cluster, node).stream()
                .flatMap(id -> client.block(id).orElseThrow().transactions().stream())
                .flatMap(transaction -> transaction.tx().ops().stream())
                .anyMatch(op -> op instanceof ChannelBlob found && found.blob().equals(blob));
    }
}
