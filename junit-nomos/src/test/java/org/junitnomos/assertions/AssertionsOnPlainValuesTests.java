package org.junitnomos.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.assertions.NomosAssertions.assertThat;
import static org.junitnomos.assertions.NomosAssertions.assertThatChain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.assertions.PlainParts.Standing;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.scenario.RunBlob;
import org.junitnomos.scenario.RunBlobs;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.RunTransaction;
import org.junitnomos.scenario.RunTransactions;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class AssertionsOnPlainValuesTests {
    private static final HeaderId GENESIS = HeaderId.ZERO;

    private final PlainParts parts = new PlainParts();

    private HeaderId chain(HeaderId from, long... slots) {
        var tip = from;
        for (long slot : slots) {
            tip = parts.block(tip, slot);
        }
        return tip;
    }

    static Stream<ThrowingCallable> assertionsAboutNull() {
        return Stream.of(
                () -> assertThat((RunContext) null).hasBalance(new ZkPublicKey(Fr.ONE), 1),
                () -> assertThat((Cluster) null).hasConverged(),
                () -> assertThat((Cluster) null).hasReorgsOfAtMost(1),
                () -> assertThat((NodeHandle) null).hasHeightAtLeast(1),
                () -> assertThat((NodeHandle) null).isReady(),
                () -> assertThat((BlockFeed) null).hasHeightAtLeast(1),
                () -> assertThat((BlockRecord) null).hasHeight(1),
                () -> assertThat((RunTransactions) null).areAllIncludedWithin(10),
                () -> assertThat((RunTransaction) null).isIncluded(),
                () -> assertThat((RunTransaction) null).isIncludedWithin(10),
                () -> assertThat((RunBlobs) null).areAllRetrievable(),
                () -> assertThat((RunBlob) null).isRetrievable(),
                () -> assertThatChain(null).isConnected(),
                () -> NomosSoftAssertions.assertSoftly(
                        softly -> softly.assertThat((Cluster) null).isReady()));
    }

    @ParameterizedTest
    @MethodSource("assertionsAboutNull")
    void nullFailsWithTheTextOfAssertJ(ThrowingCallable assertion) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting actual not to be null");
    }

    @Test
    @ExtendWith(SoftAssertionsExtension.class)
    void theExtensionOfAssertJInjectsSoftAssertions(NomosSoftAssertions softly) {
        softly.assertThat(parts.feed(5)).hasHeightAtLeast(5);
        softly.assertThat(1).isEqualTo(1);

        assertThat(softly.wasSuccess()).isTrue();
    }

    @Test
    void softAssertionsCollectEverything() {
        var softly = new NomosSoftAssertions();
        softly.assertThat(parts.feed(5)).hasHeightAtLeast(6).hasHeightAtLeast(5).hasHeightAtLeast(7);
        softly.assertThat(1).isEqualTo(2);

        assertThat(softly.assertionErrorsCollected()).hasSize(3);
        assertThatThrownBy(softly::assertAll).hasMessageContaining("at least 7 blocks but was 5 blocks");
    }

    @Nested
    class Nodes {
        private final NodeHandle node = parts.node(
                "validator-3", Standing.on(chain(GENESIS, 1, 2, 4), 3).peers(1));

        @Test
        void areComparedWithWhatTheyAnswer() {
            assertThat(node)
                    .hasHeightAtLeast(3)
                    .hasPeersAtLeast(1)
                    .hasTip(node.client().cryptarchiaInfo().tip())
                    .isReady();
            assertThatThrownBy(() -> assertThat(node).hasHeightAtLeast(5))
                    .isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
                        assertThat(failure.getExpected().getValue()).isEqualTo("a height of at least 5 blocks");
                        assertThat(failure.getActual().getValue()).isEqualTo("3 blocks, at slot 3 in mode Online");
                    })
                    .hasMessage(
                            "validator-3: expected a height of at least 5 blocks but was 3 blocks, at slot 3 in mode"
                                    + " Online");
            assertThatThrownBy(() -> assertThat(node).hasPeersAtLeast(2))
                    .hasMessage("validator-3: expected at least 2 connected peers but was 1 connected peer");
            assertThatThrownBy(() -> assertThat(node).hasTip(GENESIS)).hasMessageContaining("expected tip 0000");
            assertThatThrownBy(() -> assertThat(node).isStopped())
                    .hasMessage("validator-3: expected stopped but was running");
            assertThatThrownBy(() -> assertThat(node).isPaused())
                    .hasMessage("validator-3: expected paused but was running");
            assertThatThrownBy(() -> assertThat(node).includes(new TxHash(Fr.ONE)))
                    .hasMessageContaining("on its chain but was in none of its blocks up to height 3");
        }

        @Test
        void keepDescriptionsAndTextsOfOnesOwn() {
            assertThatThrownBy(() -> assertThat(node).as("after %s", "100 %").hasHeightAtLeast(5))
                    .hasMessageStartingWith("[after 100 %] validator-3: expected a height");
            assertThatThrownBy(() -> assertThat(node)
                            .withFailMessage("too slow: %d %%", 7)
                            .hasHeightAtLeast(5))
                    .hasMessage("too slow: 7 %");
            assertThat(node).extracting(NodeHandle::name).isEqualTo("validator-3");
        }

        @Test
        void thatDoNotAnswerFail() {
            var silent = parts.node("validator-4", Standing.on(GENESIS, 0).silent());

            assertThatThrownBy(() -> assertThat(silent).hasHeightAtLeast(0))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage("validator-4: expected a height of at least 0 blocks but it did not answer: Connection"
                            + " refused");
            assertThatThrownBy(() -> assertThat(silent).isReady())
                    .hasMessage("validator-4: expected ready but it did not answer: Connection refused");
        }

        @Test
        void haveTheHeightThatTheFeedOfTheirRunKnows() {
            var lib = parts.block(GENESIS, 1);
            var tip = parts.block(lib, 2);
            var feed = PlainParts.answering(
                    BlockFeed.class, Map.of("find", () -> Optional.of(parts.record(tip, 700)), "height", () -> 700L));
            var run = PlainParts.answering(RunContext.class, Map.of("feed", () -> feed, "seed", () -> 4711L));
            var counting = parts.node("anew", Standing.on(tip, 2)); // from where it was started again
            var restarted = PlainParts.answering(
                    NodeHandle.class,
                    Map.of(
                            "spec",
                            counting::spec,
                            "client",
                            counting::client,
                            "isRunning",
                            () -> true,
                            "owner",
                            () -> Optional.of(run)));

            assertThat(restarted).hasHeightAtLeast(700).hasFinalizedAtLeast(700);
            assertThatThrownBy(() -> assertThat(restarted).hasHeightAtLeast(701))
                    .hasMessageStartingWith("anew: expected a height of at least 701 blocks but was 700 blocks")
                    .hasMessageEndingWith("\n  seed: 4711");
        }

        @Test
        void ofNoRunHaveNeitherReorgsNorHeightsOfOldBlocks() {
            assertThatThrownBy(() -> assertThat(node).hasReorgsOfAtMost(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("validator-3 needs a run");
            assertThatThrownBy(() -> assertThat(node).hasFinalizedAtLeast(1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> assertThat(node).hasHeightAtLeast(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("height must be 0 or more, but was -1");
        }
    }

    @Nested
    class Clusters {
        private final HeaderId common = chain(GENESIS, 1, 2, 3);
        private final HeaderId best = chain(common, 4, 5, 6, 7);

        @Test
        void convergeWhereEveryNodeIsNearTheTipOfOneChain() {
            parts.node("a", Standing.on(best, 7));
            parts.node("b", Standing.on(parts.blocks.get(best).header().parent(), 6));
            parts.node("away", Standing.on(GENESIS, 0).stopped());

            assertThat(parts.cluster()).hasConverged().hasConvergedWithin(1).hasRunningNodes("b", "a");
            assertThatThrownBy(() -> assertThat(parts.cluster()).hasConvergedWithin(0))
                    .hasMessageContaining("b at height 6, tip ")
                    .hasMessageContaining(": 1 block behind a at height 7, tip " + best.toHex());
            assertThatThrownBy(() -> assertThat(parts.cluster()).agreesOnTip())
                    .hasMessageContaining("cluster: expected every running node on the same tip but:\n  tip "
                            + best.toHex() + ": a\n  tip ");
            assertThatThrownBy(() -> assertThat(parts.cluster()).isReady())
                    .hasMessage("cluster: expected every node ready but:\n  away is not running");
        }

        @Test
        void doNotConvergeWithANodeOnALongerBranchOfItsOwn() {
            parts.node("a", Standing.on(best, 7));
            parts.node("b", Standing.on(best, 7));
            parts.node("alone", Standing.on(chain(common, 8, 9, 10, 11, 12), 8));

            assertThatThrownBy(() -> assertThat(parts.cluster()).hasConverged())
                    .hasMessageContaining("\n  alone at height 8, tip ")
                    .hasMessageContaining(": 5 blocks on another branch than a at height 7")
                    .hasMessageNotContaining("\n  b at");
        }

        @Test
        void ofWhichOneIsSilentOrNoneRunsFail() {
            parts.node("a", Standing.on(best, 7));
            parts.node("mute", Standing.on(best, 7).silent());

            assertThatThrownBy(() -> assertThat(parts.cluster()).hasConverged())
                    .hasMessageEndingWith("but:\n  mute did not answer: Connection refused");
            parts.nodes.clear();
            parts.node("off", Standing.on(best, 7).stopped());
            assertThatThrownBy(() -> assertThat(parts.cluster()).hasConverged())
                    .hasMessageEndingWith("but was without a running node");
        }
    }

    @Nested
    class Chains {
        @Test
        void areConnectedAndLists() {
            var one = parts.block(GENESIS, 1);
            var two = parts.block(one, 2);
            var blocks = List.of(parts.record(one, 1), parts.record(two, 2));

            assertThatChain(blocks)
                    .isConnected()
                    .hasSize(2)
                    .extracting(BlockRecord::height)
                    .containsExactly(1L, 2L);
            assertThatThrownBy(() -> assertThatChain(List.of(blocks.get(1), blocks.get(0)))
                            .isConnected())
                    .hasMessageContaining("to build on block " + two.toHex() + " at height 2 but its parent was 0000");
            assertThatThrownBy(() -> assertThatChain(blocks).as("chain").includes(new TxHash(Fr.ONE)))
                    .hasMessageMatching(
                            "\\[chain\\] chain: expected transaction \\w+ but it is in none of the 2 blocks");
            assertThatThrownBy(() -> assertThatChain(blocks).hasSize(3))
                    .hasMessageContaining("[block " + one.toHex() + " at height 1, slot 1, 0 transactions,\n")
                    .hasMessageNotContaining("Header");
            assertThatThrownBy(() -> assertThat(blocks.get(1)).hasParent(GENESIS))
                    .hasMessageContaining("expected parent 0000");
        }
    }

    @Nested
    class Runs {
        @Test
        void haveTheReorgsOfTheirNodes() {
            for (var state : List.of(NodeState.SPAWNED, NodeState.READY)) {
                parts.journal.append(new JournalEvent.NodeStateChanged(1, "a", state, true, "anew"));
            }
            parts.journal.append(new JournalEvent.TipChanged(2, "a", GENESIS, 0, 0, GENESIS, 0, 30));
            parts.journal.append(new JournalEvent.TipChanged(2_000_000_000, "a", GENESIS, 7, 9, GENESIS, 0, 3));
            var run = parts.run(7);
            var cluster =
                    PlainParts.answering(Cluster.class, Map.of("owner", () -> Optional.of(run), "nodes", List::of));

            assertThat(cluster).hasReorgsOfAtMost(3);
            assertThatThrownBy(() -> assertThat(cluster).hasReorgsOfAtMost(2))
                    .hasMessage("cluster: expected reorgs of at most 2 blocks but:\n  a: took back 3 blocks at 2 s, to"
                            + " height 7 at slot 9\n  seed: 4711");
        }

        @Test
        void atTheFeedTellWhatItSees() {
            assertThat(parts.feed(5)).hasHeightAtLeast(5);
            assertThatThrownBy(() -> assertThat(parts.feed(5)).hasHeightAtLeast(6))
                    .hasMessage("block feed: expected a reference chain of at least 6 blocks but was 5 blocks");
        }
    }
}
