package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;

class FaultTests {
    private static DevNet net(int nodes, Layout layout) {
        return DevNet.create(nodes, layout, new TestGenesis(nodes, 3), config -> config)
                .start();
    }

    private static void assertSameTip(DevNet net) {
        // A block of the last moments may still be on the way.
        for (Member member : net.nodes()) {
            assertThat(member.info().height())
                    .as(member.config.name())
                    .isCloseTo(net.node(0).info().height(), Offset.offset(1));
            assertThat(member.get("/cryptarchia/headers"))
                    .as(member.config.name())
                    .contains(net.node(0).info().lib().toHex());
        }
    }

    @Nested
    class Partitions {
        @Test
        void growsTwoBranchesAndAgreesWithTheNextBlocksWhenHealed() {
            DevNet net = net(4, Layout.FULL);
            net.run(60 * DevNet.SECOND);
            net.cutHalves(false);
            net.run(12 * DevNet.SECOND);
            assertThat(net.node(0).get("/network/info")).contains("\"n_peers\":1");
            assertThat(net.node(0).info().tip()).isNotEqualTo(net.node(3).info().tip());

            net.cutHalves(true);
            net.run(20 * DevNet.SECOND);

            assertSameTip(net);
            assertThat(net.node(0).info().tip()).isEqualTo(net.node(3).info().tip());
            assertThat(net.node(0).get("/network/info")).contains("\"n_peers\":3");
        }

        @Test
        void keepsBothBranchesForeverIfTheyAreLongerThanK() {
            DevNet net = net(4, Layout.FULL);
            net.run(60 * DevNet.SECOND);
            net.cutHalves(false);
            net.run(120 * DevNet.SECOND);

            net.cutHalves(true);
            net.run(30 * DevNet.SECOND);

            assertThat(net.node(0).info().tip()).isNotEqualTo(net.node(3).info().tip());
            assertThat(net.node(0).get("/cryptarchia/headers"))
                    .doesNotContain(net.node(3).info().lib().toHex());
        }

        @Test
        void losesABlockRatherThanItsOrderWhenOneEndIsCut() {
            DevNet net = net(2, Layout.FULL);
            net.run(20 * DevNet.SECOND);

            net.node(0).link("node-1", false);
            net.run(40 * DevNet.SECOND);

            assertThat(net.node(0).get("/test/dev/links")).contains("\"up\":false,\"connected\":false");
            assertThat(net.node(1).get("/test/dev/links")).contains("\"up\":true,\"connected\":false");
        }
    }

    @Nested
    class Restarts {
        @ParameterizedTest
        @ValueSource(ints = {20, 200, 1100, 3000})
        void catchesUpAfterSecondsAway(int seconds) {
            DevNet net = net(4, Layout.STAR);
            net.run(60 * DevNet.SECOND);
            net.node(3).stop();
            net.run(seconds * DevNet.SECOND);

            net.node(3).restart();
            net.run(31 * DevNet.SECOND);

            assertSameTip(net);
            assertThat(net.node(3).info().mode()).isEqualTo("Online");
        }

        @Test
        void catchesUpFromNothing() {
            DevNet net = net(4, Layout.FULL);
            net.node(3).stop();
            net.run(600 * DevNet.SECOND);

            net.node(3).restart();
            net.run(31 * DevNet.SECOND);

            assertSameTip(net);
        }

        @Test
        void catchesUpWhenTheFirstPeersAreGone() {
            DevNet net = net(4, Layout.FULL);
            net.run(60 * DevNet.SECOND);
            net.node(3).stop();
            net.run(60 * DevNet.SECOND);
            net.node(3).restart();
            net.node(0).stop();
            net.node(1).stop();

            net.run(60 * DevNet.SECOND);

            assertThat(net.node(3).info().height()).isCloseTo(net.node(2).info().height(), Offset.offset(1));
        }
    }

    @Nested
    class Isolation {
        @Test
        void leavesTheOthersGoingAndComesBack() {
            DevNet net = net(4, Layout.STAR);
            net.run(60 * DevNet.SECOND);
            net.cut(0, 1, false);
            net.run(14 * DevNet.SECOND);
            int alone = net.node(1).info().height();
            assertThat(net.node(0).info().height()).isGreaterThan(alone);

            net.cut(0, 1, true);
            net.run(20 * DevNet.SECOND);

            assertSameTip(net);
        }

        @Test
        void stopsTheChainIfNobodyHasStake() {
            DevNet net = DevNet.create(3, Layout.FULL, new TestGenesis(1, 3), config -> config)
                    .start();
            net.run(60 * DevNet.SECOND);
            assertThat(net.node(2).info().height()).isPositive();

            net.node(0).stop();
            int height = net.node(2).info().height();
            net.run(60 * DevNet.SECOND);

            assertThat(net.node(2).info().height()).isEqualTo(height);
        }
    }

    @Nested
    class DeadConnections {
        @Test
        void areOpenedAnewWhenTheOtherEndSaysThatItHearsNothing() {
            DevNet net = net(2, Layout.FULL);
            net.run(30 * DevNet.SECOND);
            net.node(0).loseAllTo("node-1");

            net.run(60 * DevNet.SECOND);

            assertThat(net.node(0).renewed).containsExactly("node-1");
            assertThat(net.node(1).renewed).isEmpty();
            assertThat(net.node(1).get("/test/dev/links")).contains("\"connected\":true");
            assertSameTip(net);
        }

        @Test
        void areFoundWithinTwoHellosOfANodeThatStarts() {
            DevNet net = net(2, Layout.FULL);
            net.run(30 * DevNet.SECOND);
            net.node(0).loseAllTo("node-1");
            net.run(DevNet.SECOND); // what was on the way arrives
            net.node(1).restart();

            net.run(2 * LinkQualities.HELLO_NANOS);

            assertThat(net.node(0).renewed).containsExactly("node-1");
        }

        @Test
        void areNotSeenWhereLinksAreCutAndHealedOrNodesAway() {
            DevNet net = net(4, Layout.FULL);
            for (int i = 0; i < 5; i++) {
                net.cutHalves(false);
                net.run((5 + 7 * i) * DevNet.SECOND);
                net.cutHalves(true);
                net.run((1 + 3 * i) * DevNet.SECOND);
                net.node(1).halt();
                net.run(30 * DevNet.SECOND);
                net.node(1).goOn();
                net.node(2).restart();
                net.run(9 * DevNet.SECOND);
            }

            assertThat(net.nodes()).allSatisfy(node -> assertThat(node.renewed).isEmpty());
        }
    }

    @Nested
    class Clocks {
        @Test
        void leadsEarlyWithAClockAhead() {
            DevNet net = net(2, Layout.FULL);
            net.run(30 * DevNet.SECOND);

            assertThat(net.node(0).post("/test/dev/clock", "{\"skew_us\":20000000}"))
                    .isEqualTo("{\"skew_us\":20000000}");
            net.run(30 * DevNet.SECOND);

            assertThat(net.node(1).info().slot()).isGreaterThan(30);
            assertSameTip(net);
        }

        @Test
        void neverPlaysASlotTwiceWithAClockSetBack() {
            DevNet net = net(1, Layout.FULL);
            net.run(100 * DevNet.SECOND);
            long slot = net.node(0).info().slot();

            net.node(0).post("/test/dev/clock", "{\"skew_us\":-60000000}");
            net.run(58 * DevNet.SECOND);
            assertThat(net.node(0).info().slot()).isEqualTo(slot);

            net.run(20 * DevNet.SECOND);
            List<Long> slots = new ArrayList<>();
            net.node(0).store.blocks().forEach(block -> slots.add(block.header().slot()));
            assertThat(slots).doesNotHaveDuplicates().isSorted();
            assertThat(net.node(0).info().slot()).isGreaterThan(slot);
        }
    }

    @Nested
    class LossyLinks {
        @Test
        void delaysMessagesButLosesNone() {
            DevNet net = DevNet.create(
                            4,
                            Layout.CHAIN,
                            new TestGenesis(4, 3),
                            config -> TestConfigs.withLink(
                                    config, new DevNodeConfig.LinkQuality(50 * DevNet.MILLI, 50 * DevNet.MILLI, 300)))
                    .start();

            net.run(300 * DevNet.SECOND + DevNet.SECOND);

            assertThat(net.node(0).info().height()).isGreaterThan(80);
            assertSameTip(net);
        }
    }
}
