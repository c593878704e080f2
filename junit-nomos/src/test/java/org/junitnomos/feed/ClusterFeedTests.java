package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.mantle.HeaderId;

/** In virtual time: the feed reads the nodes once a second. */
class ClusterFeedTests extends FeedOnVirtualTime {

    @Nested
    class Chains {

        @Test
        void areSeenFromTheirTip() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 3);
                first.tip = chain.get(2);
                nextPoll();

                assertThat(feed.height()).isEqualTo(3);
                assertThat(feed.chain()).extracting(BlockRecord::id).isEqualTo(chain);
                assertThat(feed.chain()).extracting(BlockRecord::height).containsExactly(1L, 2L, 3L);
                assertThat(feed.tip()).hasValueSatisfying(tip -> {
                    assertThat(tip.firstSeenOn()).isEqualTo("validator-0");
                    assertThat(tip.firstSeenAtNanos()).isEqualTo(SECOND.toNanos());
                });
                assertThat(feed.view("validator-0"))
                        .contains(new BlockFeed.NodeView("validator-0", chain.get(2), 3, GENESIS, true));
                assertThat(journal.events(BlockObserved.class))
                        .extracting(BlockObserved::block)
                        .isEqualTo(chain);
                assertThat(last(TipChanged.class))
                        .isEqualTo(new TipChanged(SECOND.toNanos(), "validator-0", chain.get(2), 3, 3, GENESIS, 0, 0));
            });
        }

        @Test
        void areFetchedOnceForAllNodes() throws Exception {
            drive(() -> {
                cluster.allOn(cluster.chain(GENESIS, 5).get(4));
                nextPoll();
                nextPoll();

                assertThat(first.blocksAsked()).isEqualTo(5);
                assertThat(second.blocksAsked()).isZero();
                assertThat(journal.events(BlockObserved.class)).hasSize(5);
                assertThat(journal.events(BlockSeen.class))
                        .filteredOn(seen -> seen.node().equals("validator-1"))
                        .hasSize(5);
            });
        }

        @Test
        void ofGenesisAloneAreEmpty() throws Exception {
            drive(() -> {
                assertThat(feed.height()).isZero();
                assertThat(feed.tip()).isEmpty();
                assertThat(feed.chain()).isEmpty();
                assertThat(feed.view("validator-0"))
                        .contains(new BlockFeed.NodeView("validator-0", GENESIS, 0, GENESIS, true));
                assertThat(feed.view("validator-9")).isEmpty();
                assertThat(first.blocksAsked()).isZero();
            });
        }

        @Test
        void ofTenThousandBlocksAreCaughtUpWith() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 10_000);
                cluster.allOn(chain.get(9_999));
                nextPoll();

                assertThat(feed.height()).isEqualTo(10_000);
                assertThat(journal.events(BlockObserved.class))
                        .extracting(BlockObserved::block)
                        .isEqualTo(chain);
            });
        }

        @Test
        void wakeThoseWhoWaitForAHeight() throws Exception {
            drive(() -> {
                HeaderId tip = cluster.chain(GENESIS, 4).get(3);
                timeline.schedule(Duration.ofSeconds(10), "grow", () -> second.tip = tip);

                assertThat(feed.awaitHeight(4, Duration.ofSeconds(5))).isFalse();
                assertThat(feed.awaitHeight(4, Duration.ofSeconds(60))).isTrue();
                assertThat(timeline.nanos()).isEqualTo(Duration.ofSeconds(11).toNanos());
                assertThat(feed.awaitHeight(5, Duration.ZERO)).isFalse();
            });
        }

        @Test
        void areReadAtOnceWhenAsked() throws Exception {
            drive(() -> {
                first.tip = cluster.mine(GENESIS);

                feed.poll();

                assertThat(feed.height()).isEqualTo(1);
            });
        }
    }

    @Nested
    class Forks {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5, 10})
        void changeTheReferenceChain(int depth) throws Exception {
            drive(() -> {
                List<BlockFeed.ChainUpdate> updates = new ArrayList<>();
                HeaderId base = cluster.mine(GENESIS);
                List<HeaderId> left = cluster.chain(base, depth);
                List<HeaderId> right = cluster.chain(base, depth + 1);
                cluster.allOn(left.get(depth - 1));
                nextPoll();
                feed.onChain(updates::add);
                second.tip = right.get(depth - 1);
                nextPoll();
                assertThat(feed.tip()).map(BlockRecord::id).contains(left.get(depth - 1));

                cluster.allOn(right.get(depth));
                nextPoll();

                assertThat(feed.height()).isEqualTo(depth + 2);
                assertThat(updates).hasSize(2);
                assertThat(updates.get(0).removed()).isEmpty();
                assertThat(updates.get(0).added()).hasSize(depth + 1);
                List<HeaderId> newestFirst = new ArrayList<>(left);
                Collections.reverse(newestFirst);
                assertThat(updates.get(1).removed()).extracting(BlockRecord::id).isEqualTo(newestFirst);
                assertThat(updates.get(1).added()).extracting(BlockRecord::id).isEqualTo(right);
                assertThat(journal.events(TipChanged.class))
                        .filteredOn(tip -> tip.reorgDepth() > 0)
                        .extracting(TipChanged::node, TipChanged::reorgDepth)
                        .containsExactly(tuple("validator-1", depth), tuple("validator-0", depth));
            });
        }

        @Test
        void areAllKnown() throws Exception {
            drive(() -> {
                first.tip = cluster.mine(GENESIS);
                second.tip = cluster.mine(GENESIS);
                nextPoll();

                assertThat(feed.tip()).map(BlockRecord::id).contains(first.tip);
                assertThat(feed.find(second.tip)).isPresent();
                assertThat(feed.find(GENESIS)).isEmpty();
                assertThat(feed.view("validator-1")).hasValueSatisfying(view -> {
                    assertThat(view.tip()).isEqualTo(second.tip);
                    assertThat(view.height()).isEqualTo(1);
                });
            });
        }
    }

    @Nested
    class Nodes {

        @Test
        void mayDieAndReturn() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 4);
                cluster.allOn(chain.get(1));
                nextPoll();
                first.up = false;
                second.tip = chain.get(3);
                nextPoll();
                nextPoll();

                assertThat(feed.height()).isEqualTo(4);
                assertThat(journal.events(FeedBlind.class))
                        .containsExactly(
                                new FeedBlind(Duration.ofSeconds(2).toNanos(), "validator-0", "connection refused"));
                assertThat(feed.view("validator-0"))
                        .map(BlockFeed.NodeView::reachable)
                        .contains(false);

                first.up = true;
                nextPoll();

                assertThat(feed.view("validator-0"))
                        .map(BlockFeed.NodeView::reachable)
                        .contains(true);
                assertThat(last(TipChanged.class))
                        .isEqualTo(new TipChanged(
                                Duration.ofSeconds(4).toNanos(), "validator-0", chain.get(1), 2, 2, GENESIS, 0, 0));
            });
        }

        @Test
        void mayStartAgainFromGenesis() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 4);
                cluster.allOn(chain.get(3));
                nextPoll();
                first.tip = GENESIS;
                nextPoll();

                assertThat(last(TipChanged.class).height()).isZero();
                assertThat(last(TipChanged.class).reorgDepth()).isEqualTo(4);
                assertThat(feed.height()).isEqualTo(4);

                first.tip = chain.get(2);
                nextPoll();

                assertThat(last(TipChanged.class).height()).isEqualTo(3);
                assertThat(last(TipChanged.class).reorgDepth()).isZero();
                assertThat(journal.events(BlockObserved.class)).hasSize(4);
                assertThat(journal.events(BlockSeen.class))
                        .filteredOn(seen -> seen.node().equals("validator-0"))
                        .hasSize(4);
            });
        }

        @Test
        void mayDifferInWhatIsIrreversible() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 6);
                cluster.allOn(chain.get(5));
                first.lib = chain.get(1);
                second.lib = chain.get(3);
                nextPoll();
                first.lib = WireFixtures.id(999);
                nextPoll();

                assertThat(journal.events(TipChanged.class))
                        .extracting(TipChanged::node, TipChanged::libHeight)
                        .containsExactly(
                                tuple("validator-0", 0L),
                                tuple("validator-1", 0L),
                                tuple("validator-0", 2L),
                                tuple("validator-1", 4L),
                                tuple("validator-0", -1L));
            });
        }
    }

    @Nested
    class Gaps {

        @Test
        void areClosedByAnotherNode() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 6);
                first.lost.add(chain.get(2));
                first.tip = chain.get(5);
                nextPoll();

                // The second node stands on genesis still, but serves the block all the same.
                assertThat(feed.height()).isEqualTo(6);
                assertThat(journal.events(BlockObserved.class))
                        .extracting(BlockObserved::block)
                        .isEqualTo(chain);
                assertThat(journal.events(FeedBlind.class)).isEmpty();
            });
        }

        @Test
        void areReportedOnceAndClosedLater() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 6);
                first.lost.add(chain.get(2));
                second.lost.add(chain.get(2));
                first.tip = chain.get(5);
                for (int i = 0; i < 4; i++) {
                    nextPoll();
                }

                assertThat(feed.height()).isZero();
                assertThat(journal.events(FeedBlind.class))
                        .containsExactly(new FeedBlind(
                                Duration.ofSeconds(2).toNanos(),
                                "validator-0",
                                "gap: block " + chain.get(2)
                                        + ", an ancestor of its tip or the tip itself, is not served"));
                assertThat(first.blocksAsked()).isEqualTo(3 + 1 + 3);

                second.lost.clear();
                nextPoll();
                nextPoll();

                assertThat(feed.height()).isEqualTo(6);
                assertThat(journal.events(BlockObserved.class))
                        .extracting(BlockObserved::block)
                        .isEqualTo(chain);
                assertThat(last(TipChanged.class).height()).isEqualTo(6);
            });
        }

        @Test
        void areClosedWhenTheNodeDiesInTheMiddle() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 6);
                first.lost.add(chain.get(2));
                second.lost.add(chain.get(2));
                first.tip = chain.get(5);
                nextPoll();
                first.up = false;
                nextPoll();
                second.lost.clear();
                nextPoll();

                assertThat(feed.height()).isEqualTo(6);
                assertThat(feed.tip()).map(BlockRecord::firstSeenOn).contains("validator-0");
            });
        }
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> ClusterFeed.start(timeline, GENESIS, List.of(), SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a block feed needs at least one node, and each once, but was given []");
        assertThatThrownBy(() -> ClusterFeed.start(timeline, GENESIS, cluster.clients, Duration.ZERO))
                .hasMessage("period of a block feed must be positive but was PT0S");
    }

    @Test
    void readsAsOftenAsTheTimelineAllows() {
        assertThat(ClusterFeed.usualPeriod(true, Duration.ofSeconds(2))).isEqualTo(SECOND);
        assertThat(ClusterFeed.usualPeriod(false, Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(500));
        assertThat(ClusterFeed.usualPeriod(false, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(50));
        assertThat(ClusterFeed.usualPeriod(false, Duration.ofSeconds(60))).isEqualTo(SECOND);
    }
}
