package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;

class ConvergenceTests {
    @Test
    void oneNodeProducesBlocks() {
        DevNet net = DevNet.create(1, Layout.FULL, new TestGenesis(1, 0), config -> config)
                .start();

        net.run(600 * DevNet.SECOND);

        assertThat(net.node(0).info().height()).isBetween(150, 250);
        assertThat(net.node(0).info().mode()).isEqualTo("Online");
    }

    @ParameterizedTest
    @CsvSource({"4, STAR", "4, CHAIN", "4, FULL", "10, STAR", "10, CHAIN", "10, FULL"})
    void nodesAgreeOnOneChain(int nodes, Layout layout) {
        DevNet net = DevNet.create(nodes, layout, new TestGenesis(nodes, 3), config -> config)
                .start();

        net.run(600 * DevNet.SECOND + DevNet.SECOND);

        int height = net.node(0).info().height();
        assertThat(height).isBetween(200, 300);
        for (Member member : net.nodes()) {
            assertThat(member.info().height()).isCloseTo(height, Offset.offset(1));
            assertThat(member.log).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARN"));
        }
    }
}
