package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

/** How a node lives: restarts, blocks it misses, and slots it misses (node contract 2.9, 3.1, 3.5, 5.2). */
class NodeLifeTests {
    private final TestGenesis genesis = new TestGenesis(4, 8);

    private DevNet net(int nodes) {
        return DevNet.create(nodes, Layout.FULL, genesis, config -> config).start();
    }

    @Nested
    class Restart {
        @Test
        void beginsAtGenesisWithAnEmptyPoolAndHasItsOldBlocks() {
            DevNet net = net(3);
            net.run(120 * DevNet.SECOND);
            Member member = net.node(1);
            HeaderId old = member.info().tip();
            String made = member.get("/test/dev/proposals");
            member.submit(genesis.inscribe(0, 65_000));
            assertThat(member.get("/mantle/metrics")).startsWith("{\"pending_items\":1,");

            member.restart();

            assertThat(member.info().height()).isZero();
            assertThat(member.info().mode()).isEqualTo("Bootstrapping");
            assertThat(member.info().lib()).isEqualTo(member.info().tip());
            assertThat(member.get("/mantle/metrics")).startsWith("{\"pending_items\":0,");
            assertThat(member.get("/test/dev/proposals")).isEqualTo(made).contains("\"slot\":");
            assertThat(member.post("/storage/block", "\"" + old + "\"")).contains("\"Bedrock\"");
        }

        @Test
        void isBackAfterTheNextBlockAndKeepsEachBlockOnce() {
            DevNet net = net(3);
            net.run(120 * DevNet.SECOND);
            Member member = net.node(1);
            HeaderId old = member.info().lib();
            String below = member.get("/cryptarchia/blocks?slot_from=0&slot_to=1000");

            member.restart();
            assertThat(member.get("/cryptarchia/blocks?slot_from=0&slot_to=1000"))
                    .isEqualTo(below);
            net.run(31 * DevNet.SECOND);

            assertThat(member.info().tip()).isEqualTo(net.node(0).info().tip());
            assertThat(member.info().mode()).isEqualTo("Online");
            assertThat(member.get("/cryptarchia/headers").split(",")).hasSizeGreaterThan(10);
            assertThat(member.store.blocks()).doesNotHaveDuplicates();
            assertThat(member.get("/cryptarchia/blocks?slot_from=0&slot_to=1000"))
                    .startsWith(below.substring(0, below.length() - 1));
            assertThat(member.post("/storage/block", "\"" + old + "\"")).contains("\"Bedrock\"");
        }

        @Test
        void knowsNothingOfTheChainUntilAProposalComes() {
            DevNet net = DevNet.create(2, Layout.FULL, new TestGenesis(1, 3), config -> config)
                    .start();
            net.run(60 * DevNet.SECOND);
            net.node(0).halt();

            net.node(1).restart();
            net.run(60 * DevNet.SECOND);
            assertThat(net.node(1).info().height()).isZero();

            net.node(0).goOn();
            net.run(61 * DevNet.SECOND);
            assertThat(net.node(1).info().tip()).isEqualTo(net.node(0).info().tip());
        }
    }

    @Nested
    class MissedBlocks {
        private final DevNet net = net(2);
        private final Member node = net.node(0);

        private void propose(Block block) {
            node.node.receive("node-1", PeerMessage.Proposal.of(block), net.now());
        }

        @Test
        void aProposalWithATransactionThatTheNodeDoesNotHaveIsForgotten() {
            net.node(1).halt();
            SignedMantleTx unknown = genesis.renew(0, genesis.walletNote(0));
            HeaderId before = node.info().tip();
            Block block = BlockSigner.sign(before, 1, List.of(unknown));
            net.tracing();

            propose(block);
            net.run(DevNet.SECOND);

            assertThat(net.trace()).noneMatch(line -> line.contains("BlockRequest"));
            assertThat(node.info().tip()).isEqualTo(before);
            assertThat(node.log)
                    .contains("WARN Failed to reconstruct block " + block.id()
                            + " of slot 1: mempool transactions not found, " + unknown.hash() + " first.");
        }

        @Test
        void oneOrphanIsFetchedAndFiveWait() {
            net.node(1).halt();
            net.tracing();
            List<HeaderId> orphans = new ArrayList<>();
            for (int slot = 1; slot <= 8; slot++) {
                Block orphan = BlockSigner.sign(HeaderId.ZERO, slot, List.of());
                orphans.add(orphan.id());
                propose(orphan);
            }
            // nobody answers, so each is given up after the time limit, and the next one asked for
            net.run(8 * BlockSync.TIMEOUT_NANOS);

            List<String> requests = net.trace().stream()
                    .filter(line -> line.contains("BlockRequest"))
                    .toList();
            assertThat(requests).hasSize(6);
            for (int i = 0; i < 6; i++) {
                assertThat(requests.get(i)).contains(orphans.get(i).toHex());
            }
        }
    }

    @Nested
    class MissedSlots {
        private static final long CHAIN_SECONDS = 100;

        private long slotsBehind(DevNet net, int node) {
            return net.now() / (2 * DevNet.SECOND) - net.node(node).info().slot();
        }

        @ParameterizedTest
        @CsvSource({"41, 19", "40, 19", "3, 0", "1, 0"})
        void aloneItGoesOnBehindItsClockByAllButTheFirst(int seconds, long lost) {
            DevNet net = DevNet.create(1, Layout.FULL, new TestGenesis(1, 0), config -> config)
                    .start();
            net.run(CHAIN_SECONDS * DevNet.SECOND + DevNet.SECOND / 2);
            net.node(0).halt();
            net.run(seconds * DevNet.SECOND);

            net.node(0).goOn();
            long least = Long.MAX_VALUE;
            for (int slot = 0; slot < 50; slot++) {
                net.run(2 * DevNet.SECOND);
                least = Math.min(least, slotsBehind(net, 0));
            }

            assertThat(least).isEqualTo(lost);
        }

        @Test
        void besideOthersItFollowsTheChainAndLeadsNoMoreUntilItIsStartedAnew() {
            DevNet net = net(3);
            net.run(CHAIN_SECONDS * DevNet.SECOND);
            net.node(0).halt();
            net.run(60 * DevNet.SECOND);
            String before = net.node(0).get("/test/dev/proposals");
            net.node(0).goOn();
            net.run(121 * DevNet.SECOND);

            assertThat(net.node(0).get("/test/dev/proposals")).isEqualTo(before).contains("slot");
            assertThat(net.node(0).info().tip()).isEqualTo(net.node(1).info().tip());

            net.node(0).restart();
            net.run(120 * DevNet.SECOND);
            assertThat(net.node(0).get("/test/dev/proposals")).contains("\"slot\":");
        }

        @Test
        void aClockThatIsSetForwardLosesNoSlot() {
            DevNet net = DevNet.create(1, Layout.FULL, new TestGenesis(1, 0), config -> config)
                    .start();
            net.run(CHAIN_SECONDS * DevNet.SECOND);

            net.node(0).post("/test/dev/clock", "{\"skew_us\":30000000}");
            net.run(40 * DevNet.SECOND);

            assertThat(slotsBehind(net, 0)).isBetween(-15L, -5L);
        }
    }
}
