package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.topology.NodeRule;

/** The rules that end a chain, and nodes that do not obey them (node contract 2.5, 3.2, 3.5). */
class NodeRulesTests {
    private static final long EPOCH = 110 * 2 * DevNet.SECOND;

    private final TestGenesis genesis = new TestGenesis(2, 4);

    private DevNet net() {
        return DevNet.create(2, Layout.FULL, genesis, config -> config);
    }

    private DevNet without(NodeRule rule) {
        return DevNet.create(2, Layout.FULL, genesis, config -> TestConfigs.withoutRule(config, rule));
    }

    private static int height(DevNet net) {
        return net.node(0).info().height();
    }

    private static boolean isMined(DevNet net, SignedMantleTx transaction) {
        return net.node(1).mined().contains(transaction);
    }

    @Nested
    class BlockSize {
        @Test
        void oneInscriptionOf65000BytesStopsTheChainForEver() {
            DevNet net = net().start();
            net.run(10 * DevNet.SECOND);
            SignedMantleTx long65000 = genesis.inscribe(0, 65_000);

            assertThat(net.node(0).submit(long65000).status()).isEqualTo(200);
            net.run(10 * DevNet.SECOND);
            int height = height(net);
            net.run(200 * DevNet.SECOND);

            assertThat(height(net)).isEqualTo(height);
            assertThat(net.node(1).log)
                    .contains("ERROR Error processing local block: Failed to store block: Failed to convert block to"
                            + " storage format: 1 valid transactions of 65332 bytes, at most 65036");
            assertThat(net.node(1).get("/mantle/metrics")).startsWith("{\"pending_items\":1,");
        }

        @Test
        void theLongestThatFitsIsMinedAndOneMoreByteIsNot() {
            DevNet net = net().start();
            SignedMantleTx fits = genesis.inscribe(0, 64_704);
            net.node(0).submit(fits);
            net.run(30 * DevNet.SECOND);
            assertThat(isMined(net, fits)).isTrue();

            int height = height(net);
            SignedMantleTx tooLong = genesis.inscribe(1, 64_705);
            net.node(0).submit(tooLong);
            net.run(30 * DevNet.SECOND);

            assertThat(isMined(net, tooLong)).isFalse();
            assertThat(height(net)).isEqualTo(height);
        }

        @Test
        void twoInscriptionsThatFitOneByOneStopItTogether() {
            DevNet net = net().start();
            net.node(0).submit(genesis.inscribe(0, 40_000));
            net.run(30 * DevNet.SECOND);
            net.node(0).submit(genesis.inscribe(1, 40_000));
            net.run(30 * DevNet.SECOND);
            int height = height(net);
            assertThat(height).isPositive();

            net.node(0).submit(genesis.inscribe(2, 40_000));
            net.node(0).submit(genesis.inscribe(3, 40_000));
            net.run(60 * DevNet.SECOND);

            assertThat(height(net)).isEqualTo(height);
        }

        @Test
        void whatIsTooLongToBeStoredWaitsForEverOnOneNodeAndHarmsNobody() {
            DevNet net = net().start();
            SignedMantleTx tooLong = genesis.inscribe(0, 65_205);

            assertThat(net.node(0).submit(tooLong).status()).isEqualTo(200);
            net.run(300 * DevNet.SECOND);

            assertThat(height(net)).isGreaterThan(50);
            assertThat(net.node(0).status(tooLong)).isEqualTo("[\"Pending\"]");
            assertThat(net.node(1).status(tooLong)).isEqualTo("[\"Unknown\"]");
            assertThat(DevNet.text(net.node(0).submit(tooLong))).isEqualTo("Item already in mempool");
        }

        @Test
        void aKinderNodeTakesTheOldestThatFit() {
            DevNet net = without(NodeRule.BLOCK_SIZE).start();
            List<SignedMantleTx> both = List.of(genesis.inscribe(2, 40_000), genesis.inscribe(3, 40_000));
            both.forEach(net.node(0)::submit);
            net.node(0).submit(genesis.inscribe(0, 65_000));
            net.run(60 * DevNet.SECOND);

            assertThat(both).allMatch(transaction -> isMined(net, transaction));
            assertThat(net.node(0).log).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Nested
    class SilentEpochs {
        @Test
        void aChainWhoseFirstBlockDoesNotComeWithinTwoEpochsIsDead() {
            DevNet net = net();
            net.run(2 * EPOCH);
            net.start();
            net.run(EPOCH);

            assertThat(height(net)).isZero();
            assertThat(net.node(0).log)
                    .contains("ERROR trying to propose a block for slot 230 but epoch state is not available");
        }

        @Test
        void oneSilentEpochIsNoHarm() {
            DevNet net = net();
            net.run(2 * EPOCH - 20 * DevNet.SECOND);
            net.start();
            net.run(EPOCH);

            assertThat(height(net)).isGreaterThan(50);
        }

        @Test
        void startingAllNodesAgainAfterTwoEpochsIsFatal() {
            DevNet net = net().start();
            net.run(EPOCH);
            net.nodes().forEach(DevNet.Member::stop);
            net.run(EPOCH);
            net.nodes().forEach(DevNet.Member::restart);
            net.run(EPOCH);

            assertThat(height(net)).isZero();
            assertThat(net.node(0).log).anyMatch(line -> line.startsWith("ERROR trying to propose a block for slot "));
        }

        @Test
        void aKinderNodeGoesOn() {
            DevNet net = without(NodeRule.SILENT_EPOCHS);
            net.run(3 * EPOCH);
            net.start();
            net.run(EPOCH);

            assertThat(height(net)).isGreaterThan(50);
        }
    }

    @Nested
    class Restart {
        @Test
        void allNodesAtOnceLoseTheirChain() {
            DevNet net = net().start();
            net.run(60 * DevNet.SECOND);
            HeaderId old = net.node(0).info().tip();
            long slot = net.node(0).info().slot();

            net.nodes().forEach(DevNet.Member::restart);
            assertThat(height(net)).isZero();
            net.run(80 * DevNet.SECOND);

            assertThat(height(net)).isGreaterThan(10);
            assertThat(net.node(0).get("/cryptarchia/headers")).doesNotContain(old.toHex());
            assertThat(net.node(0).get("/cryptarchia/blocks?slot_from=1&slot_to=" + slot))
                    .as("what was final in the life before")
                    .contains("\"slot\":");
            assertThat(net.node(1).log)
                    .anyMatch(line -> line.startsWith("WARN After a restart the chain began anew from genesis: "));
        }

        @Test
        void kinderNodesGoOnFromTheirStores() {
            DevNet net = DevNet.create(
                            10,
                            Layout.CHAIN,
                            new TestGenesis(10, 4),
                            config -> TestConfigs.withoutRule(config, NodeRule.RESTART))
                    .start();
            net.run(400 * DevNet.SECOND);

            for (DevNet.Member member : net.nodes()) {
                DevNet.Info before = member.info();
                member.restart();
                assertThat(member.info()).as(member.config.name()).isEqualTo(before);
            }
        }

        @Test
        void aKinderNodeFetchesWhatItMissedWithoutAProposal() {
            DevNet net = without(NodeRule.RESTART).start();
            net.run(20 * DevNet.SECOND);
            net.node(1).stop();
            net.run(400 * DevNet.SECOND);
            net.node(0).link("node-1", false);
            net.node(0).link("node-1", true);

            net.node(1).restart();
            net.run(DevNet.SECOND);

            assertThat(net.node(1).info().height()).isGreaterThan(20).isEqualTo(height(net));
        }
    }
}
