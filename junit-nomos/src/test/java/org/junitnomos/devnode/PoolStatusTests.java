package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;

/** What a node says of a transaction, and of a second submission, depends on who proposed (node contract 1.4). */
class PoolStatusTests {
    private static final String PENDING = "[\"Pending\"]";
    private static final String UNKNOWN = "[\"Unknown\"]";
    private static final String REFUSED = "500 Item already in mempool";

    private final TestGenesis genesis = new TestGenesis(4, 4);
    private final SignedMantleTx transfer = genesis.renew(0, genesis.walletNote(0));

    private DevNet net(int nodes) {
        DevNet net =
                DevNet.create(nodes, Layout.FULL, genesis, config -> config).start();
        net.run(10 * DevNet.SECOND);
        return net;
    }

    private static String submit(Member member, SignedMantleTx transaction) {
        ApiResponse answer = member.submit(transaction);
        return answer.status() == 200 ? "200" : answer.status() + " " + DevNet.text(answer);
    }

    private static String inBlock(Block block) {
        return "[{\"InBlock\":{\"block\":\"" + block.id() + "\"}}]";
    }

    private static boolean proposed(Member member, Block block) {
        return member.get("/test/dev/proposals").contains(block.id().toString());
    }

    private static long wins(Member member) {
        return member.get("/test/dev/proposals").split("\"slot\"", -1).length - 1;
    }

    private static void runUntilMined(DevNet net, Member member, SignedMantleTx transaction) {
        for (int slot = 0; member.blocksWith(transaction).isEmpty() && slot < 60; slot++) {
            net.run(2 * DevNet.SECOND);
        }
    }

    private static void runUntilItWins(DevNet net, Member member) {
        long wins = wins(member);
        for (int slot = 0; wins(member) == wins && slot < 100; slot++) {
            net.run(2 * DevNet.SECOND);
        }
    }

    @Test
    void theProposerForgetsItsTransactionAtItsNextBlockAndTakesItAgain() {
        DevNet net = net(1);
        Member alone = net.node(0);
        alone.submit(transfer);
        runUntilMined(net, alone, transfer);

        assertThat(alone.status(transfer)).isEqualTo(PENDING);
        assertThat(submit(alone, transfer)).isEqualTo(REFUSED);
        assertThat(alone.get("/mantle/metrics")).startsWith("{\"pending_items\":1,");
        runUntilItWins(net, alone);

        assertThat(alone.status(transfer)).isEqualTo(UNKNOWN);
        assertThat(submit(alone, transfer)).isEqualTo("200");
        assertThat(alone.status(transfer)).isEqualTo(PENDING);
        runUntilItWins(net, alone);

        assertThat(alone.status(transfer)).isEqualTo(UNKNOWN);
        assertThat(alone.blocksWith(transfer)).hasSize(1);
    }

    @Test
    void othersNameItsBlockAndRefuseItForEver() {
        DevNet net = net(4);
        net.node(0).submit(transfer);
        runUntilMined(net, net.node(0), transfer);
        Block block = net.node(0).blocksWith(transfer).get(0);
        List<Member> proposers =
                net.nodes().stream().filter(node -> proposed(node, block)).toList();
        net.run(1000 * DevNet.SECOND);
        for (Member node : net.nodes()) {
            if (proposers.contains(node)) {
                assertThat(node.status(transfer)).isEqualTo(UNKNOWN);
            } else {
                assertThat(node.info().height()).isGreaterThan(100);
                assertThat(node.status(transfer)).isEqualTo(inBlock(block));
                assertThat(submit(node, transfer)).isEqualTo(REFUSED);
            }
        }

        assertThat(proposers).hasSizeBetween(1, 3);
    }

    @Test
    void peersIgnoreWhatTheProposerTakesAgain() {
        DevNet net = net(4);
        net.node(0).submit(transfer);
        runUntilMined(net, net.node(0), transfer);
        net.run(60 * DevNet.SECOND);
        Block block = net.node(0).blocksWith(transfer).get(0);
        Member proposer = net.nodes().stream()
                .filter(node -> proposed(node, block))
                .findFirst()
                .orElseThrow();

        assertThat(submit(proposer, transfer)).isEqualTo("200");
        net.run(DevNet.SECOND);

        assertThat(net.nodes())
                .filteredOn(node -> !proposed(node, block))
                .isNotEmpty()
                .allSatisfy(node -> assertThat(node.status(transfer)).isEqualTo(inBlock(block)));
    }

    @Test
    void whatIsInvalidWaitsOnEachNodeUntilThatOneWins() {
        DevNet net = net(4);
        SignedMantleTx unbalanced = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(500, genesis.walletKeys().get(0))));
        net.node(0).submit(unbalanced);
        net.run(DevNet.SECOND / 2);
        List<Long> wins = net.nodes().stream().map(PoolStatusTests::wins).toList();
        net.run(2 * DevNet.SECOND);

        List<Boolean> outcomes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean won = wins(net.node(i)) > wins.get(i);
            outcomes.add(won);
            assertThat(net.node(i).status(unbalanced)).isEqualTo(won ? UNKNOWN : PENDING);
            assertThat(submit(net.node(i), unbalanced)).isEqualTo(won ? "200" : REFUSED);
        }
        assertThat(outcomes).contains(true, false);
    }

    @Test
    void aBadProofShadowsTheGoodOneUntilItIsPruned() {
        DevNet net = net(1);
        Member alone = net.node(0);
        alone.submit(TestGenesis.withProof(transfer, ZkSignature.ZERO));

        assertThat(submit(alone, transfer)).isEqualTo(REFUSED);
        runUntilItWins(net, alone);

        assertThat(submit(alone, transfer)).isEqualTo("200");
        runUntilMined(net, alone, transfer);
        assertThat(alone.blocksWith(transfer)).hasSize(1);
    }

    @Test
    void whatComesAfterItsBlockWaitsUntilTheNodeWins() {
        DevNet net = net(4);
        net.node(3).stop();
        net.node(0).submit(transfer);
        runUntilMined(net, net.node(0), transfer);
        net.node(3).restart();
        net.run(60 * DevNet.SECOND);
        Member late = net.node(3);
        assertThat(late.blocksWith(transfer)).hasSize(1);

        assertThat(late.status(transfer)).isEqualTo(UNKNOWN);
        assertThat(submit(late, transfer)).isEqualTo("200");
        assertThat(late.status(transfer)).isEqualTo(PENDING);
        runUntilItWins(net, late);

        assertThat(late.status(transfer)).isEqualTo(UNKNOWN);
    }

    @Nested
    class AfterAPartition {
        private final DevNet net = net(4);

        private void runUntilTheOthersAreAhead() {
            for (int slot = 0; slot < 300 && height(2) <= height(0) + 1; slot++) {
                net.run(2 * DevNet.SECOND);
            }
        }

        private int height(int node) {
            return net.node(node).info().height();
        }

        private Block mineApart() {
            net.cutHalves(false);
            net.node(0).submit(transfer);
            runUntilMined(net, net.node(0), transfer);
            return net.node(0).blocksWith(transfer).get(0);
        }

        @Test
        void whatWasInAnOrphanedBlockIsMarkedForEverAndLostIfNobodyHoldsIt() {
            Block block = mineApart();
            Member marked = proposed(net.node(0), block) ? net.node(1) : net.node(0);
            Member proposer = marked == net.node(0) ? net.node(1) : net.node(0);
            runUntilItWins(net, proposer);
            assertThat(proposer.status(transfer)).isEqualTo(UNKNOWN);
            runUntilTheOthersAreAhead();
            net.cutHalves(true);
            net.run(300 * DevNet.SECOND);

            assertThat(net.node(0).log).anyMatch(line -> line.contains("Reorganized"));
            assertThat(net.nodes())
                    .allSatisfy(node -> assertThat(node.transactions()).isEmpty());
            assertThat(marked.status(transfer)).isEqualTo(inBlock(block));
            assertThat(submit(marked, transfer)).isEqualTo(REFUSED);
            assertThat(proposer.status(transfer)).isEqualTo(UNKNOWN);

            assertThat(submit(proposer, transfer)).isEqualTo("200");
            net.run(120 * DevNet.SECOND);

            assertThat(net.node(2).transactions()).containsExactly(transfer);
        }
    }
}
