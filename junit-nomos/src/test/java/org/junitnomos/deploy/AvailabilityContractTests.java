package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.topology.NetworkLayout;

/** What every backend of dev nodes has to do about blobs and faults of their shares; one subclass a backend. */
public abstract class AvailabilityContractTests extends BackendContract {
    private static final byte[] DATA =
            "0123456789012345678901234567890".repeat(9).getBytes(StandardCharsets.US_ASCII);

    protected AvailabilityContractTests(Backend backend) {
        super(backend);
    }

    private void deployed(Body body) throws Exception {
        deployed(topology(2, 1, NetworkLayout.STAR), body);
    }

    /** Publish a blob and wait for its block. */
    private BlobId publish(Cluster cluster) throws Exception {
        var blob = disperse(cluster);
        await("a block has the blob", () -> hasBlob(cluster, "validator-1", blob));
        return blob;
    }

    private static BlobId disperse(Cluster cluster) {
        return cluster.node("executor-0")
                .client()
                .blobs()
                .disperse(new BlobRequest.Disperse(
                        ChannelId.fromHex("01".repeat(32)), MsgId.ZERO, Ed25519PublicKey.ZERO, DATA));
    }

    /** Return one share of each column that some node gives. */
    private static Map<Integer, BlobShare> shares(Cluster cluster, BlobId blob) {
        var shares = new TreeMap<Integer, BlobShare>();
        for (var node : cluster.nodes()) {
            answer(() -> node.client().blobs().shares(blob)).forEach(share -> shares.put(share.index(), share));
        }
        return shares;
    }

    private static BlobCommitments commitments(Cluster cluster, BlobId blob) {
        return answer(() -> cluster.node("validator-0").client().blobs().commitments(blob, 0))
                .orElseThrow();
    }

    @Test
    void carriesABlobFromAnExecutorToABlockAndGivesItBack() throws Exception {
        deployed(topology(2, 1, NetworkLayout.STAR), cluster -> {
            var blob = publish(cluster);

            assertThat(shares(cluster, blob)).containsOnlyKeys(0, 1);
            if (!backend.runsDevNodes()) {
                return; // commitments of real nodes are not for us to check
            }
            var commitments = commitments(cluster, blob);
            for (var share : shares(cluster, blob).values()) {
                assertThat(BlobCoding.reconstruct(commitments, List.of(share), DATA.length))
                        .isEqualTo(DATA);
            }
            var validator = cluster.node("validator-1").client().blobs();
            assertThat(validator.membership(0).addresses()).hasSize(3);
            assertThat(validator.historicSampling(
                            tip(cluster, "validator-1"), List.of(new BlobRequest.Commitments(blob, 0))))
                    .isTrue();
            assertThat(validator.storedCommitments(BlobId.ZERO)).isEmpty();
        });
    }

    /** A blob that no node could sample stays away for ever, also once its shares are there again. */
    @Test
    void aBlobIsSampledOnce() throws Exception {
        requires(Capability.SHARES);
        deployed(cluster -> {
            var withheld = cluster.control().withhold(List.of(0, 1));
            var blob = disperse(cluster);
            for (var node : names(cluster)) {
                await(
                        node + " has sampled it",
                        () -> log(cluster, node).contains("Blob " + blob + " is not available"));
            }
            cluster.control().heal(withheld);
            assertThat(shares(cluster, blob)).containsOnlyKeys(0, 1);

            awaitHeight(cluster, height(cluster, "validator-1") + 45, "validator-1");

            assertThat(hasBlob(cluster, "validator-1", blob)).isFalse();
            assertThat(answer(() -> cluster.node("validator-1").client().mempoolMetrics())
                            .pendingItems())
                    .isEqualTo(1);
        });
    }

    private boolean hasBlob(Cluster cluster, String node, BlobId blob) {
        return blocks(cluster, node)
                .flatMap(block -> block.transactions().stream())
                .flatMap(transaction -> transaction.tx().ops().stream())
                .anyMatch(op -> op instanceof ChannelBlob found && found.blob().equals(blob));
    }

    @Test
    void withholdsAColumnAlsoAfterARestartUntilItIsHealed() throws Exception {
        requires(Capability.SHARES);
        deployed(cluster -> {
            var blob = publish(cluster);
            var withheld = cluster.control().withhold(List.of(1));
            cluster.control().restart("validator-0");

            assertThat(shares(cluster, blob)).containsOnlyKeys(0);

            cluster.control().heal(withheld);
            assertThat(shares(cluster, blob)).containsOnlyKeys(0, 1);
        });
    }

    @Test
    void corruptsAColumnUntilItIsHealed() throws Exception {
        requires(Capability.SHARES);
        deployed(cluster -> {
            var blob = publish(cluster);
            var commitments = commitments(cluster, blob);
            var corrupted = cluster.control().corrupt(List.of(0));

            assertThat(shares(cluster, blob))
                    .hasEntrySatisfying(
                            0, share -> assertThat(commitments.verify(share)).isFalse());
            assertThat(shares(cluster, blob))
                    .hasEntrySatisfying(
                            1, share -> assertThat(commitments.verify(share)).isTrue());

            cluster.control().heal(corrupted);
            assertThat(shares(cluster, blob))
                    .hasEntrySatisfying(
                            0, share -> assertThat(commitments.verify(share)).isTrue());
        });
    }

    @Test
    void blocksAPeerUntilItIsHealed() throws Exception {
        requires(Capability.SHARES);
        deployed(cluster -> {
            var validator = cluster.node("validator-0").client().blobs();
            var blocked = cluster.control().blockPeer("validator-0", "executor-0");

            assertThat(validator.blockedPeers()).hasSize(1);

            cluster.control().heal(blocked);
            assertThat(validator.blockedPeers()).isEmpty();
        });
    }
}
