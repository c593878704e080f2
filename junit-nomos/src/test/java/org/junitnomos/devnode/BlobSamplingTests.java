package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.devnode.BlobQueries.blobs;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MsgId;

/** Each node samples a blob once, and only new blocks are checked for blobs (node contract 4.3). */
class BlobSamplingTests {
    private static final int NODES = 4;
    private static final int EXECUTOR = 3;
    private static final ChannelId CHANNEL = ChannelId.fromHex("01".repeat(32));
    private static final String REFUSAL = "Block contains invalid blobs";

    private final TestGenesis genesis = TestGenesis.withProviders(NODES, 1, NODES);
    private final DevNet net = DevNet.create(
                    NODES,
                    Layout.FULL,
                    genesis,
                    config -> config.name().equals("node-" + EXECUTOR) ? TestConfigs.asExecutor(config) : config)
            .start();

    BlobSamplingTests() {
        net.run(10 * DevNet.SECOND);
    }

    private void disperse(MsgId parent) {
        byte[] data = new byte[31];
        data[0] = 1;
        var blob = new BlobRequest.Disperse(CHANNEL, parent, Ed25519PrivateKey.ZERO.publicKey(), data);
        List<ApiResponse> answers = net.node(EXECUTOR).ask("POST", "/disperse-data", BlobRequestJson.encode(blob));
        net.run(DevNet.SECOND);
        assertThat(answers)
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer.status()).as(DevNet.text(answer)).isEqualTo(200));
    }

    /** Disperse a blob that no node can sample in time. */
    private void disperseUnsampled() {
        withhold("[0,1]");
        disperse(MsgId.ZERO);
        net.run(15 * DevNet.SECOND);
        withhold("[]");
    }

    private void withhold(String columns) {
        net.nodes().forEach(node -> withhold(node, columns));
    }

    private static void withhold(Member node, String columns) {
        String wanted = "{\"withheld\":" + columns + ",\"corrupted\":[]}";
        assertThat(node.post("/test/dev/shares", wanted)).isEqualTo(wanted);
    }

    private static void block(Member node, int peer) {
        String id = TestGenesis.provider(peer).publicKey().toPeerId().toString();
        assertThat(node.post("/da/block-peer", "\"" + id + "\"")).isEqualTo("true");
    }

    private static boolean refuses(Member node) {
        return node.log.stream().anyMatch(line -> line.contains(REFUSAL));
    }

    @Test
    void aBlobWhoseOnlySamplingFailedIsNeverIncluded() {
        disperseUnsampled();

        net.run(300 * DevNet.SECOND);

        assertThat(net.nodes()).allSatisfy(node -> {
            assertThat(blobs(node)).isEmpty();
            assertThat(node.info().height()).isGreaterThan(50);
            assertThat(node.get("/mantle/metrics")).startsWith("{\"pending_items\":1,");
        });
    }

    @Test
    void norIsItWhenItIsDispersedOnceMore() {
        disperseUnsampled();
        disperse(MsgId.ZERO);

        net.run(300 * DevNet.SECOND);

        assertThat(net.nodes()).allSatisfy(node -> {
            assertThat(blobs(node)).isEmpty();
            assertThat(node.info().height()).isGreaterThan(50);
        });
    }

    @Test
    void theSameBytesInAnotherTransactionAreSampledAnew() {
        disperseUnsampled();
        byte[] text = {1, 2, 3};
        var first = new ChannelInscribe(CHANNEL, text, MsgId.ZERO, Ed25519PrivateKey.ZERO.publicKey());
        net.node(0).submit(genesis.operate(Ed25519PrivateKey.ZERO, first));
        net.run(20 * DevNet.SECOND);

        disperse(first.msgId());
        net.run(30 * DevNet.SECOND);

        assertThat(net.nodes()).allSatisfy(node -> assertThat(blobs(node)).hasSize(1));
    }

    @Test
    void aNodeThatCouldNotSampleTakesTheBlockOfOthersOnceItIsOld() {
        Member alone = net.node(0);
        disperse(MsgId.ZERO);
        withhold(alone, "[0,1]");
        for (int peer = 1; peer < NODES; peer++) {
            block(alone, peer);
        }
        net.run(60 * DevNet.SECOND);

        assertThat(blobs(net.node(1))).hasSize(1);
        assertThat(refuses(alone)).isTrue();
        assertThat(blobs(alone)).hasSize(1);
        assertThat(alone.info().height()).isEqualTo(net.node(1).info().height());
    }

    @Test
    void aCompetingBlockWithTheSameBlobIsRefused() {
        disperse(MsgId.ZERO);
        Member member = net.node(0);
        for (int step = 0; blobs(member).isEmpty() && step < 60; step++) {
            net.run(2 * DevNet.SECOND);
        }
        Block first = member.store.blocks().stream()
                .filter(block -> block.transactions().stream()
                        .anyMatch(transaction -> transaction.tx().ops().get(0) instanceof ChannelBlob))
                .findFirst()
                .orElseThrow();
        Member other = net.nodes().stream()
                .filter(node ->
                        !node.get("/test/dev/proposals").contains(first.id().toString()))
                .findFirst()
                .orElseThrow();
        String sender = other.config.name().equals("node-1") ? "node-2" : "node-1";
        Block competing =
                BlockSigner.sign(first.header().parent(), first.header().slot() + 1, first.transactions());

        other.node.receive(sender, PeerMessage.Proposal.of(competing), net.now());

        assertThat(refuses(other)).isTrue();
        assertThat(other.store.blocks()).extracting(Block::id).doesNotContain(competing.id());
    }

    @Test
    void anOldBlockIsTakenWhateverItsBlobs() {
        net.run(60 * DevNet.SECOND);
        Member member = net.node(0);
        Block tip = member.store.blocks().get(member.store.blocks().size() - 1);
        var unknown = new ChannelBlob(CHANNEL, 0, BlobId.ZERO, 31, 0, MsgId.ZERO, Ed25519PrivateKey.ZERO.publicKey());
        var transaction = genesis.operate(Ed25519PrivateKey.ZERO, unknown);
        net.nodes().subList(1, NODES).forEach(Member::stop);
        member.submit(transaction);
        Block old = BlockSigner.sign(tip.header().parent(), tip.header().slot() + 1, List.of(transaction));

        net.run(8 * 2 * DevNet.SECOND);

        assertThat(old.header().slot()).isLessThan(net.now() / (2 * DevNet.SECOND) - 5);
        member.node.receive("node-1", PeerMessage.Proposal.of(old), net.now());

        assertThat(refuses(member)).isFalse();
        assertThat(member.store.blocks()).extracting(Block::id).contains(old.id());
    }
}
