package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

class BlockRateTests {
    @Test
    void producesAsManyBlocksAsTheLotterySays() {
        int nodes = 4;
        int slots = 1000;
        DevNet net = DevNet.create(nodes, Layout.FULL, new TestGenesis(nodes, 0), config -> config)
                .start();

        net.run(slots * 2 * DevNet.SECOND + DevNet.SECOND);

        double chance = chanceOfBlock(nodes, 1.0 / nodes);
        double deviation = Math.sqrt(slots * chance * (1 - chance));
        // Blocks of one slot may fork, so the chain may be a little shorter but no longer than the won slots.
        assertThat((double) net.node(0).info().height())
                .isBetween(slots * chance - 4 * deviation - slots * 0.02, slots * chance + 4 * deviation);
    }

    @Test
    void slowsDownWhenWalletsDiluteTheStake() {
        int slots = 1000;
        DevNet net = DevNet.create(2, Layout.FULL, new TestGenesis(2, 40), config -> config)
                .start();

        net.run(slots * 2 * DevNet.SECOND);

        double chance = chanceOfBlock(2, 1000.0 / 6000);
        double deviation = Math.sqrt(slots * chance * (1 - chance));
        assertThat((double) net.node(0).info().height())
                .isBetween(slots * chance - 4 * deviation - slots * 0.02, slots * chance + 4 * deviation);
    }

    private static double chanceOfBlock(int leaders, double share) {
        double x = -Math.log(0.1) * share;
        return 1 - Math.pow(1 - (x - x * x / 2), leaders);
    }

    @Test
    void crossesEpochsOnOneChain() {
        DevNet net = DevNet.create(3, Layout.CHAIN, new TestGenesis(3, 0), config -> config)
                .start();

        net.run(2 * 350 * DevNet.SECOND);

        assertThat(net.node(0).info().slot()).isGreaterThan(330);
        assertThat(net.node(0).info().height()).isGreaterThan(230);
        assertThat(net.node(2).info().lib()).isIn(idsOf(net.node(0)));
        assertThat(net.node(1).log).noneMatch(line -> line.startsWith("WARN"));
    }

    private static List<HeaderId> idsOf(DevNet.Member member) {
        return member.store.blocks().stream().map(Block::id).toList();
    }
}
