package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.devnode.BlobQueries.blobs;
import static org.junitnomos.devnode.BlobQueries.commitments;
import static org.junitnomos.devnode.BlobQueries.holders;
import static org.junitnomos.devnode.BlobQueries.shares;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.SignedMantleTx;

class BlobFlowTests {
    private static final int NODES = 4;
    private static final int EXECUTOR = 3;
    private static final ChannelId CHANNEL = ChannelId.fromHex("01".repeat(32));

    private final TestGenesis genesis = TestGenesis.withProviders(NODES, 1, NODES);

    private DevNet net(Layout layout, int columns) {
        return net(layout, columns, DevNode::new);
    }

    private DevNet net(Layout layout, int columns, NodeCoreFactory factory) {
        return DevNet.create(
                NODES,
                layout,
                genesis,
                config -> TestConfigs.withColumns(
                        config.name().equals("node-" + EXECUTOR) ? TestConfigs.asExecutor(config) : config, columns),
                factory);
    }

    private static byte[] data(int elements) {
        byte[] data = new byte[31 * elements];
        new Random(elements).nextBytes(data);
        return data;
    }

    private static List<ApiResponse> disperse(Member executor, byte[] data, MsgId parent) {
        return executor.ask(
                "POST",
                "/disperse-data",
                BlobRequestJson.encode(
                        new BlobRequest.Disperse(CHANNEL, parent, Ed25519PrivateKey.ZERO.publicKey(), data)));
    }

    private static BlobId blobOf(List<ApiResponse> answers) {
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).as(DevNet.text(answers.get(0))).isEqualTo(200);
        return MantleJsonValues.decodeBlobId(answers.get(0).body());
    }

    @ParameterizedTest
    @EnumSource
    void takesABlobFromDispersalToABlockOnEveryNode(Layout layout) {
        DevNet net = net(layout, 2).start();
        net.run(10 * DevNet.SECOND);
        byte[] data = data(5);

        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data, MsgId.ZERO);
        net.run(DevNet.SECOND);
        BlobId blob = blobOf(answers);
        net.run(29 * DevNet.SECOND);

        for (Member node : net.nodes()) {
            assertThat(blobs(node)).hasSize(1).allSatisfy(op -> {
                assertThat(op.blob()).isEqualTo(blob);
                assertThat(op.blobSize()).isEqualTo(155);
                assertThat(op.signer()).isEqualTo(Ed25519PrivateKey.ZERO.publicKey());
            });
        }
        assertThat(holders(net, blob))
                .hasSize(2)
                .allSatisfy((column, nodes) -> assertThat(nodes).isEqualTo(2));
    }

    @Test
    void answersLongBeforeTheBlobIsInABlock() {
        DevNet net = net(Layout.FULL, 2).start();
        net.run(10 * DevNet.SECOND);

        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data(1), MsgId.ZERO);
        assertThat(answers).isEmpty();
        net.run(DevNet.SECOND / 2);

        blobOf(answers);
        assertThat(blobs(net.node(0))).isEmpty();
    }

    @Test
    void givesTheBytesBackFromAnyHalfOfTheColumns() {
        DevNet net = net(Layout.STAR, 8).start();
        net.run(10 * DevNet.SECOND);
        byte[] data = data(11);

        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data, MsgId.ZERO);
        net.run(2 * DevNet.SECOND);
        BlobId blob = blobOf(answers);

        TreeMap<Integer, BlobShare> all = new TreeMap<>();
        net.nodes().forEach(node -> shares(node, blob).forEach(share -> all.put(share.index(), share)));
        assertThat(all).hasSize(8);
        BlobCommitments commitments = commitments(net.node(0), blob);
        for (int first = 0; first < 4; first++) {
            assertThat(BlobCoding.reconstruct(
                            commitments,
                            List.copyOf(all.subMap(first, first + 4).values()),
                            data.length))
                    .isEqualTo(data);
        }
    }

    @Test
    void extendsAChannelBlobByBlob() {
        DevNet net = net(Layout.STAR, 2).start();
        net.run(10 * DevNet.SECOND);
        MsgId parent = MsgId.ZERO;
        for (int i = 1; i <= 3; i++) {
            blobOfLater(net, i, parent);
            List<ChannelBlob> found = blobs(net.node(0));
            assertThat(found).hasSize(i);
            parent = found.get(i - 1).msgId();
        }
        assertThat(blobs(net.node(2))).isEqualTo(blobs(net.node(0)));
    }

    private static BlobId blobOfLater(DevNet net, int elements, MsgId parent) {
        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data(elements), parent);
        net.run(30 * DevNet.SECOND);
        return blobOf(answers);
    }

    @Test
    void dropsABlobWhoseParentIsNotTheEndOfItsChannel() {
        DevNet net = net(Layout.STAR, 2).start();
        net.run(10 * DevNet.SECOND);

        blobOfLater(net, 1, MsgId.fromHex("02".repeat(32)));

        assertThat(blobs(net.node(0))).isEmpty();
        assertThat(net.node(0).log).anyMatch(line -> line.contains("INVALID_PARENT"));
    }

    @Test
    void keepsSharesAcrossRestarts() {
        DevNet net = net(Layout.STAR, 2).start();
        net.run(10 * DevNet.SECOND);
        BlobId blob = blobOfLater(net, 3, MsgId.ZERO);
        List<BlobShare> before = shares(net.node(1), blob);

        net.node(1).restart();
        net.run(DevNet.SECOND);

        assertThat(before).isNotEmpty();
        assertThat(shares(net.node(1), blob)).isEqualTo(before);
    }

    @Test
    void letsANodeThatWasAwaySampleOldBlobs() {
        DevNet net = net(Layout.FULL, 2);
        for (int i = 1; i < NODES; i++) {
            net.node(i).start();
        }
        net.run(10 * DevNet.SECOND);
        blobOfLater(net, 3, MsgId.ZERO);
        net.run(60 * DevNet.SECOND);
        assertThat(blobs(net.node(1))).hasSize(1);

        net.node(0).start();
        net.run(40 * DevNet.SECOND);

        assertThat(net.node(0).info().tip()).isEqualTo(net.node(1).info().tip());
        assertThat(blobs(net.node(0))).hasSize(1);
    }

    @Test
    void takesABlobAgainFromNodesThatStillHoldItWhenItsBlockIsLeft() throws Exception {
        DevNet net = net(Layout.FULL, 2).start();
        net.run(10 * DevNet.SECOND);
        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data(2), MsgId.ZERO);
        net.run(2 * DevNet.SECOND);
        blobOf(answers);
        for (int i = 0; i < EXECUTOR; i++) {
            net.cut(i, EXECUTOR, false);
        }
        net.run(20 * DevNet.SECOND);
        for (int i = 0; i < EXECUTOR; i++) {
            net.cut(i, EXECUTOR, true);
        }
        net.run(60 * DevNet.SECOND);

        assertThat(net.nodes()).anyMatch(node -> node.log.stream().anyMatch(line -> line.contains("Reorganized")));
        String common = new ObjectMapper()
                .readTree(net.node(0).get("/cryptarchia/headers"))
                .get(3)
                .textValue();
        for (Member node : net.nodes()) {
            assertThat(blobs(node)).hasSize(1);
            assertThat(node.get("/cryptarchia/headers")).contains(common);
        }
    }

    @Nested
    class WithBlobsThatCannotBeSampled {
        private final SignedMantleTx unavailable = genesis.operate(
                Ed25519PrivateKey.ZERO,
                new ChannelBlob(
                        CHANNEL,
                        0,
                        BlobCoding.encode(data(1), 2).commitments().blobId(),
                        31,
                        0,
                        MsgId.ZERO,
                        Ed25519PrivateKey.ZERO.publicKey()));

        @Test
        void neverIncludesThemAndLetsThemWaitForEver() {
            DevNet net = net(Layout.FULL, 2).start();
            net.run(10 * DevNet.SECOND);
            assertThat(net.node(0).submit(unavailable).status()).isEqualTo(200);

            net.run(300 * DevNet.SECOND);

            assertThat(net.nodes()).allSatisfy(node -> {
                assertThat(node.get("/mantle/metrics")).startsWith("{\"pending_items\":1,");
                assertThat(node.info().height()).isGreaterThan(50);
                assertThat(blobs(node)).isEmpty();
                assertThat(DevNet.text(node.submit(unavailable))).isEqualTo("Item already in mempool");
            });
        }

        @Test
        void acceptsNoBlockWithThem() {
            DaRules careless = new DaRules() {
                @Override
                public boolean admits(boolean sampled) {
                    return true;
                }
            };
            NodeCoreFactory factory = (config, store, outbox) -> new DevNode(
                    config,
                    store,
                    outbox,
                    config.name().equals("node-0")
                            ? DevNodeParts.standard().withDataAvailability(careless)
                            : DevNodeParts.standard());
            DevNet net = net(Layout.FULL, 2, factory).start();
            net.run(10 * DevNet.SECOND);
            net.node(0).submit(unavailable);
            net.run(40 * DevNet.SECOND);

            assertThat(net.node(0).log).anyMatch(line -> line.endsWith(" with 1 transactions."));
            for (int i = 1; i < NODES; i++) {
                assertThat(blobs(net.node(i))).isEmpty();
                assertThat(net.node(i).info().height()).isGreaterThan(3);
                assertThat(net.node(i).log)
                        .anyMatch(line -> line.matches(
                                "WARN Rejected block [0-9a-f]{64} of slot [0-9]+: Block contains invalid blobs: .*"));
            }
        }
    }

    @Nested
    class WithNodesThatDoNotKeepShares {
        /** Keep only some columns, on all nodes, after saying that they are kept. */
        private DevNet keeping(int columns, List<Integer> kept) {
            DaRules forgetful = new DaRules() {
                @Override
                public boolean keeps(BlobCommitments commitments, BlobShare share) {
                    return kept.contains(share.index());
                }
            };
            DevNodeParts parts = DevNodeParts.standard().withDataAvailability(forgetful);
            return net(Layout.FULL, columns, (config, store, outbox) -> new DevNode(config, store, outbox, parts))
                    .start();
        }

        @Test
        void includesABlobOfWhichHalfTheColumnsAreThere() {
            DevNet net = keeping(4, List.of(1, 2));
            net.run(10 * DevNet.SECOND);
            BlobId blob = blobOfLater(net, 3, MsgId.ZERO);

            assertThat(net.nodes()).allSatisfy(node -> assertThat(blobs(node)).hasSize(1));
            assertThat(holders(net, blob).keySet()).containsExactly(1, 2);
        }

        @Test
        void doesNotIncludeABlobOfWhichOneColumnMoreIsMissing() {
            DevNet net = keeping(4, List.of(2));
            net.run(10 * DevNet.SECOND);
            BlobId blob = blobOfLater(net, 3, MsgId.ZERO);

            assertThat(net.nodes()).allSatisfy(node -> assertThat(blobs(node)).isEmpty());
            assertThat(net.node(0).log)
                    .anyMatch(line -> line.equals("INFO Blob " + blob + " is not available: only columns [2] of session"
                            + " 0 can be had, expected 2 of 4."));
        }
    }

    @Test
    void failsToDisperseWithoutPeersAfterTwoRetries() {
        DevNet net = net(Layout.FULL, 2);
        net.node(EXECUTOR).start();
        net.run(10 * DevNet.SECOND);

        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data(1), MsgId.ZERO);
        net.run(6 * DevNet.SECOND - 1);
        assertThat(answers).isEmpty();
        net.run(DevNet.SECOND);

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isEqualTo(500);
        assertThat(DevNet.text(answers.get(0))).isEqualTo("Retry limit reached");
        assertThat(net.node(EXECUTOR).log).anyMatch(line -> line.endsWith(" is connected."));
    }

    @Test
    void failsToDisperseWhenAllMembersJustDied() {
        DevNet net = net(Layout.FULL, 8).start();
        net.run(10 * DevNet.SECOND);
        net.nodes().stream().filter(node -> node != net.node(EXECUTOR)).forEach(Member::stop);

        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data(1), MsgId.ZERO);
        net.run(20 * DevNet.SECOND);

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isEqualTo(500);
        assertThat(DevNet.text(answers.get(0))).isEqualTo("deadline has elapsed");
    }

    @Test
    void passesOverAMemberThatJustDied() {
        DevNet net = net(Layout.FULL, 8).start();
        net.run(10 * DevNet.SECOND);
        net.node(0).stop();

        List<ApiResponse> answers = disperse(net.node(EXECUTOR), data(1), MsgId.ZERO);
        net.run(DevNet.SECOND);
        assertThat(answers).isEmpty();
        net.run(5 * DevNet.SECOND);

        blobOf(answers);
        assertThat(net.node(EXECUTOR).get("/da/monitor-stats"))
                .matches("\\{\"" + TestGenesis.provider(0).publicKey().toPeerId()
                        + "\":\\{\"dispersal_failure_rate\":\"[1-9]\",\"sampling_failure_rate\":\"0\","
                        + "\"replication_failure_rate\":\"0\"}}");
    }

    @Test
    void isTheSameTwice() {
        List<String> first = trace();

        assertThat(first).anyMatch(line -> line.contains("Dispersal["));
        assertThat(trace()).isEqualTo(first);
    }

    private List<String> trace() {
        DevNet net = net(Layout.STAR, 4).tracing().start();
        net.run(10 * DevNet.SECOND);
        blobOfLater(net, 7, MsgId.ZERO);
        return net.trace();
    }
}
