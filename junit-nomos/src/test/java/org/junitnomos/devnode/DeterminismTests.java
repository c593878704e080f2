package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;

class DeterminismTests {
    private static List<String> trace(long seedOffset) {
        TestGenesis genesis = new TestGenesis(4, 10);
        DevNet net = DevNet.create(
                        4,
                        Layout.STAR,
                        genesis,
                        config -> TestConfigs.withSeed(
                                TestConfigs.withLink(
                                        config,
                                        new DevNodeConfig.LinkQuality(30 * DevNet.MILLI, 20 * DevNet.MILLI, 50)),
                                config.seed() + seedOffset))
                .tracing()
                .start();
        for (int i = 0; i < 10; i++) {
            net.node(i % 4).submit(genesis.renew(i, genesis.walletNote(i)));
            net.run(4 * DevNet.SECOND);
        }
        net.cut(0, 3, false);
        net.run(10 * DevNet.SECOND);
        net.cut(0, 3, true);
        net.node(2).restart();
        net.run(30 * DevNet.SECOND);
        return List.copyOf(net.trace());
    }

    @Test
    void sendsTheSameMessagesInEachOfFiftyRuns() {
        List<String> first = trace(0);

        assertThat(first).hasSizeGreaterThan(200);
        for (int run = 1; run < 50; run++) {
            assertThat(trace(0)).as("run %d", run).isEqualTo(first);
        }
    }

    @Test
    void drawsOtherDelaysFromAnotherSeed() {
        assertThat(trace(1)).isNotEqualTo(trace(0));
    }
}
