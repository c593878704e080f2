package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.time.BusyMachine;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.WalletSpec;

/** What every backend of dev nodes has to do about blobs and faults of their shares; one subclass a backend. */
public abstract class AvailabilityContractTests extends BackendContract {
    private static final byte[] DATA = data(9);
    private static final LinkSpec AFTER_THE_TEST = new LinkSpec(Duration.ofMinutes(30), Duration.ZERO, 0);

    protected AvailabilityContractTests(Backend backend) {
        super(backend);
    }

    /** One node leads, so that no block with a blob is ever left: the others would not propose it again. */
    private void deployed(Body body) throws Exception {
        deployed(topology(2, 1, NetworkLayout.STAR, new WalletSpec(2, 100), List.of(1, 0, 0)), body);
    }

    private static byte[] data(int elements) {
        return "0123456789012345678901234567890".repeat(elements).getBytes(StandardCharsets.US_ASCII);
    }

    /** A blob, and the data that it was made of. */
    private record Published(BlobId blob, byte[] data) {}

    /**
     * Publish a blob and wait for its block. Nodes look for its shares once, and for as long as real ones: where a busy
     * machine was too slow for that, publish another one, as an application would.
     */
    private Published publish(Cluster cluster) throws Exception {
        for (int elements = 9; ; elements++) {
            var data = data(elements);
            var blob = disperse(cluster, data);
            await(
                    "a block has the blob, or a node has found no shares",
                    () -> hasBlob(cluster, "validator-1", blob) || isGivenUp(cluster, blob));
            if (!isGivenUp(cluster, blob)) {
                return new Published(blob, data);
            }
            assertThat(timeline.isVirtual() ? 1 : BusyMachine.factor())
                    .as("how busy the machine was, as a node found no shares of a blob that all have")
                    .isGreaterThan(2);
        }
    }

    private boolean isGivenUp(Cluster cluster, BlobId blob) throws Exception {
        for (var node : names(cluster)) {
            if (log(cluster, node).contains(notAvailable(blob))) {
                return true;
            }
        }
        return false;
    }

    private static String notAvailable(BlobId blob) {
        return "Blob " + blob + " is not available";
    }

    private static BlobId disperse(Cluster cluster, byte[] data) {
        return cluster.node("executor-0")
                .client()
                .blobs()
                .disperse(new BlobRequest.Disperse(
                        ChannelId.fromHex("01".repeat(32)), MsgId.ZERO, Ed25519PublicKey.ZERO, data));
    }

    /** Return one share of each column that some node gives. */
    private static Map<Integer, BlobShare> shares(Cluster cluster, BlobId blob) {
        var shares = new TreeMap<Integer, BlobShare>();
        for (var node : cluster.nodes()) {
            sharesOf(node, blob).forEach(share -> shares.put(share.index(), share));
        }
        return shares;
    }

    private static List<BlobShare> sharesOf(NodeHandle node, BlobId blob) {
        return answer(() -> node.client().blobs().shares(blob));
    }

    private static BlobCommitments commitments(Cluster cluster, BlobId blob) {
        return answer(() -> cluster.node("validator-0").client().blobs().commitments(blob, 0))
                .orElseThrow();
    }

    @Test
    void carriesABlobFromAnExecutorToABlockAndGivesItBack() throws Exception {
        deployed(cluster -> {
            var published = publish(cluster);
            var blob = published.blob();

            assertThat(shares(cluster, blob)).containsOnlyKeys(0, 1);
            if (!backend.runsDevNodes()) {
                return; // commitments of real nodes are not for us to check
            }
            var commitments = commitments(cluster, blob);
            for (var share : shares(cluster, blob).values()) {
                assertThat(BlobCoding.reconstruct(commitments, List.of(share), published.data().length))
                        .isEqualTo(published.data());
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
            var blob = disperse(cluster, DATA);
            for (var node : names(cluster)) {
                await(node + " has sampled it", () -> log(cluster, node).contains(notAvailable(blob)));
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

    /** A transaction of its own with a blob, in a channel of its own, so that it depends on no other. */
    private static SignedMantleTx with(BlobId blob, int length, String channel) {
        var signer = Ed25519PrivateKey.ZERO;
        var op = new ChannelBlob(
                ChannelId.fromHex(channel.repeat(32)), 0, blob, length, 0, MsgId.ZERO, signer.publicKey());
        return new TestGenesis(1, 1).operate(signer, op);
    }

    /**
     * Two leaders without a way between them make a block with one blob each, and the same node, which never leads,
     * hears both: it has no way to anybody, so neither leader hears of the other's block.
     */
    @Test
    void aCompetingBlockWithTheSameBlobIsRefused() throws Exception {
        requires(Capability.PARTITION);
        requires(Capability.DEFECTS);
        var stake = List.of(1, 0, 1);
        deployed(topology(2, 1, NetworkLayout.FULL, new WalletSpec(2, 100), stake), cluster -> {
            var hearer = cluster.node("validator-1").client();
            var silent = cluster.control().giveDefect("executor-0", NodeDefect.NEVER_LEADS); // until they are apart
            var published = publish(cluster);
            var blob = published.blob();
            for (var node : cluster.nodes()) { // so that each can sample it alone
                await(node.name() + " has a share", () -> !sharesOf(node, blob).isEmpty());
            }
            cluster.control().cut("validator-0", "executor-0");
            hearer.devControl()
                    .setLinks(links(cluster, "validator-1").stream()
                            .map(link -> new PeerLink(link.peer(), true, null, AFTER_THE_TEST))
                            .toList());
            cluster.control().heal(silent);

            // one that nobody has comes last, and is sampled last: then the other was
            var transaction = with(blob, published.data().length, "02");
            hearer.submit(transaction);
            hearer.submit(with(BlobId.ZERO, DATA.length, "03"));
            await("the node has sampled both", () -> isGivenUp(cluster, BlobId.ZERO));
            cluster.node("validator-0").client().submit(transaction);
            var first = awaitMined(cluster, "validator-0", transaction);
            await("validator-1 has the first block", () -> knows(cluster, "validator-1", first));
            cluster.node("executor-0").client().submit(transaction);
            var second = awaitMined(cluster, "executor-0", transaction);

            await(
                    "validator-1 refuses the second block",
                    () -> log(cluster, "validator-1")
                            .lines()
                            .anyMatch(line -> line.contains("Rejected block " + second)
                                    && line.contains("Block contains invalid blobs")));
            assertThat(knows(cluster, "validator-1", second)).isFalse();
            assertThat(knows(cluster, "validator-1", first)).isTrue();
        });
    }

    @Test
    void withholdsAColumnAlsoAfterARestartUntilItIsHealed() throws Exception {
        requires(Capability.SHARES);
        deployed(cluster -> {
            var blob = publish(cluster).blob();
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
            var blob = publish(cluster).blob();
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
