package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.devnode.planted.IllNodes;
import org.junitnomos.devnode.planted.StopsAfterHeight;
import org.junitnomos.devnode.planted.StuckNode;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

class PlantedDefectsTests {
    private final TestGenesis genesis = new TestGenesis(4, 30);

    private DevNet all(NodeCoreFactory factory) {
        return DevNet.create(4, Layout.FULL, genesis, config -> config, factory).start();
    }

    /** Plant the defect in the last node alone. */
    private DevNet one(NodeCoreFactory factory) {
        NodeCoreFactory mixed = (config, store, outbox) -> config.name().equals("node-3")
                ? factory.create(config, store, outbox)
                : new DevNode(config, store, outbox);
        return all(mixed);
    }

    /** The last blocks may still be on the way, or fight for a place. */
    private static void assertAgree(Member first, Member second) {
        List<Block> one = first.chain();
        List<Block> other = second.chain();
        int height = Math.min(one.size(), other.size()) - 4;
        assertThat(one.get(height).id()).isEqualTo(other.get(height).id());
        assertThat(one.size()).isCloseTo(other.size(), Offset.offset(2));
    }

    private void submitAll(DevNet net) {
        for (int wallet = 0; wallet < 30; wallet++) {
            net.node(wallet % 4).submit(genesis.renew(wallet, genesis.walletNote(wallet)));
        }
    }

    @Test
    void stopsAfterAHeight() {
        DevNet net = all(new StopsAfterHeight(6));

        net.run(120 * DevNet.SECOND);

        assertThat(net.nodes()).extracting(member -> member.info().height()).containsOnly(6);
    }

    @Test
    void sticksOneNode() {
        DevNet net = one(new StuckNode(60 * DevNet.SECOND));

        net.run(160 * DevNet.SECOND);

        assertThat(net.node(3).info().height())
                .isPositive()
                .isLessThan(net.node(0).info().height() - 10);
    }

    @Test
    void finalizesAnotherBranchOnOneNode() {
        DevNet net = one(IllNodes.with(NodeDefect.FINALIZES_ITS_OWN_BRANCH, 20 * DevNet.SECOND));

        net.run(400 * DevNet.SECOND);

        Set<HeaderId> others = new LinkedHashSet<>();
        net.node(0).chain().forEach(block -> others.add(block.id()));
        assertThat(net.node(3).info().height()).isGreaterThan(20);
        assertThat(others).doesNotContain(net.node(3).info().lib());
    }

    @Test
    void forgetsAboutEveryThirdTransaction() {
        DevNet net = all(IllNodes.with(NodeDefect.FORGETS_TRANSACTIONS));
        submitAll(net);

        net.run(120 * DevNet.SECOND);

        assertThat(net.node(0).transactions())
                .hasSizeBetween(10, 28)
                .isEqualTo(net.node(3).transactions());
    }

    @Test
    void includesTransactionsTwice() {
        DevNet net = all(IllNodes.with(NodeDefect.ACCEPTS_REPLAYS));
        submitAll(net);

        net.run(120 * DevNet.SECOND);

        List<SignedMantleTx> mined = net.node(0).transactions();
        assertThat(new LinkedHashSet<>(mined)).hasSize(30);
        assertThat(mined.size()).isGreaterThan(40);
        assertAgree(net.node(0), net.node(3));
    }

    @Test
    void inflatesTheSupply() {
        DevNet net = all(IllNodes.with(NodeDefect.MINTS));

        net.run(120 * DevNet.SECOND);

        assertThat(net.node(0).transactions())
                .isNotEmpty()
                .allMatch(transaction -> transaction.tx().ledgerTx().inputs().isEmpty()
                        && transaction.tx().ledgerTx().outputs().size() == 1);
        assertThat(net.node(0).info().height()).isCloseTo(net.node(3).info().height(), Offset.offset(1));
    }

    @Test
    void reorganizesDeeperThanK() {
        DevNet net = one(IllNodes.with(NodeDefect.REORGS_BEYOND_K));
        net.run(40 * DevNet.SECOND);
        for (int other = 0; other < 3; other++) {
            net.cut(other, 3, false);
        }
        net.run(120 * DevNet.SECOND);
        HeaderId lib = net.node(3).info().lib();
        for (int other = 0; other < 3; other++) {
            net.cut(other, 3, true);
        }

        net.run(20 * DevNet.SECOND);

        assertAgree(net.node(0), net.node(3));
        assertThat(net.node(3).chain()).extracting(Block::id).doesNotContain(lib);
    }
}
