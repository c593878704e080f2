package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelSetKeys;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;

class RobustnessTests {
    private final TestGenesis genesis = new TestGenesis(2, 3);
    private final DevNet net =
            DevNet.create(2, Layout.FULL, genesis, config -> config).start();
    private final Member node = net.node(0);

    private void receive(PeerMessage message) {
        node.node.receive("node-1", message, net.now());
    }

    private void assertAlive() {
        int height = node.info().height();
        net.run(60 * DevNet.SECOND);
        assertThat(node.info().height()).isGreaterThan(height);
        assertThat(node.log).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void dropsAProposalThatIsNotSigned() {
        Block block = BlockSigner.sign(node.info().tip(), 1, List.of());

        receive(new PeerMessage.Proposal(block.header(), Ed25519Signature.ZERO, List.of()));

        assertThat(node.info().height()).isZero();
        assertThat(node.log)
                .contains("WARN Dropped message 1 of bad ones, from node-1: proposal " + block.id()
                        + " is too long or not signed by its leader.");
        assertAlive();
    }

    @Test
    void dropsATransactionOfWrongShape() {
        SignedMantleTx right =
                genesis.operate(genesis.wallet(0), new ChannelSetKeys(ChannelId.of(new byte[32]), List.of()));

        receive(new PeerMessage.Transaction(new SignedMantleTx(right.tx(), List.of(), right.ledgerTxProof())));

        assertThat(node.get("/mantle/metrics")).startsWith("{\"pending_items\":0,");
        assertAlive();
    }

    @Test
    void ignoresUnaskedBlocksAndUnknownRequests() {
        receive(new PeerMessage.BlockResponse(HeaderId.ZERO, List.of(BlockSigner.sign(HeaderId.ZERO, 1, List.of()))));
        receive(new PeerMessage.BlockRequest(HeaderId.ZERO, Collections.nCopies(1000, HeaderId.ZERO)));
        receive(new PeerMessage.Hello(HeaderId.ZERO, Long.MAX_VALUE, HeaderId.ZERO, true));
        receive(new PeerMessage.Hello(HeaderId.ZERO, -1, HeaderId.ZERO, false));

        assertAlive();
    }

    @Test
    void forgetsABlockWhoseTransactionItHasWithAnotherProofUntilAnOrphanLeadsToIt() {
        SignedMantleTx right = genesis.renew(0, genesis.walletNote(0));
        receive(new PeerMessage.Transaction(TestGenesis.withProof(right, ZkSignature.ZERO)));
        net.run(DevNet.SECOND / 2);
        net.node(1).node.stop();
        HeaderId genesisId = node.info().tip();
        Block block = BlockSigner.sign(genesisId, 1, List.of(right));
        Block child = BlockSigner.sign(block.id(), 2, List.of());

        receive(PeerMessage.Proposal.of(block));
        receive(new PeerMessage.BlockResponse(block.id(), List.of(block)));
        assertThat(node.info().tip()).isEqualTo(genesisId);

        receive(PeerMessage.Proposal.of(child));
        receive(new PeerMessage.BlockResponse(child.id(), List.of(block, child)));
        assertThat(node.info().tip()).isEqualTo(child.id());
    }

    @Test
    void remembersBlocksThatAreNotValid() {
        SignedMantleTx wrong = TestGenesis.withProof(genesis.renew(0, genesis.walletNote(0)), ZkSignature.ZERO);
        Block block = BlockSigner.sign(node.info().tip(), 1, List.of(wrong));
        for (long slot = 2; slot < 5; slot++) {
            Block child = BlockSigner.sign(block.id(), slot, List.of());
            receive(PeerMessage.Proposal.of(child));
            receive(new PeerMessage.BlockResponse(child.id(), List.of(block, child)));
        }

        assertThat(node.log.stream().filter(line -> line.startsWith("WARN Rejected block " + block.id())))
                .hasSize(1);
        assertAlive();
    }

    @Test
    void ignoresStrangers() {
        node.node.receive("nobody", new PeerMessage.Hello(HeaderId.ZERO, 5, HeaderId.ZERO, true), net.now());

        assertAlive();
    }

    @Test
    void answersAnyRequest() {
        Random random = new Random(5);
        byte[] valid = MantleJson.encode(genesis.renew(0, genesis.walletNote(0)));
        List<String> paths = List.of(
                "/mempool/add/tx",
                "/storage/block",
                "/mantle/status",
                "/test/dev/links",
                "/test/dev/clock",
                "/",
                "",
                "//");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            byte[] body = valid.clone();
            for (int flip = 0; flip <= random.nextInt(4); flip++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            String path = paths.get(random.nextInt(paths.size()));
            ApiRequest request = new ApiRequest("POST", path, Map.of(), "application/json", body);
            statuses.add(node.node.handle(request, net.now()).status());
            statuses.add(node.node.handleTesting(request, net.now()).status());
        }

        assertThat(statuses).allMatch(status -> status == 200 || (status >= 400 && status < 500) || status == 500);
        assertThat(node.log).noneMatch(line -> line.startsWith("ERROR"));
        assertAlive();
    }

    @Test
    void answersDeeplyNestedJson() {
        String deep = "[".repeat(100_000);
        ApiResponse response =
                node.request("POST", "/test/dev/links", "application/json", deep.getBytes(StandardCharsets.UTF_8));

        assertThat(response.status()).isEqualTo(400);
    }

    @Test
    void refusesServiceWhileBootstrapping() {
        DevNet slow = DevNet.create(
                        2, Layout.FULL, genesis, config -> TestConfigs.withBootstrap(config, 3600 * DevNet.SECOND))
                .start();
        slow.node(1).stop();
        slow.run(60 * DevNet.SECOND);
        assertThat(slow.node(0).info().height()).isPositive();
        assertThat(slow.node(0).info().mode()).isEqualTo("Bootstrapping");

        slow.node(1).restart();
        slow.run(1500 * DevNet.MILLI);

        assertThat(slow.node(1).info().height()).isZero();
        assertThat(slow.node(0).info().lib()).isNotEqualTo(slow.node(0).info().tip());
    }

    @Test
    void namesBadConfiguration() {
        assertThatThrownBy(() -> new DevNodeConfig.LinkQuality(0, 0, 1001))
                .hasMessage("A link has a latency of 0 ns, a jitter of 0 ns and a loss of 1001 per mille, "
                        + "expected 0 ns or more, 0 ns or more and 0 to 1000 per mille.");
        assertThatThrownBy(() -> TestConfigs.config(0, List.of("node-0"), genesis))
                .hasMessage("The peers of node 'node-0' are [node-0], expected other nodes, each once.");
    }
}
