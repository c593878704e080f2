package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.mantle.HeaderId;

/** Answers of one node by different routes are compared. */
class ContradictionTests extends FeedOnVirtualTime {

    /** Let both nodes walk along a chain, a block a poll. */
    private void walk(List<HeaderId> chain) throws InterruptedException {
        for (HeaderId block : chain) {
            cluster.allOn(block);
            nextPoll();
        }
    }

    private void polls(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            nextPoll();
        }
    }

    @Nested
    class TheTip {

        @ParameterizedTest
        @ValueSource(longs = {-1, 1, 7})
        void hasTheHeightOfItsChain(long lie) throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 40);
                walk(chain.subList(0, 10));
                assertThat(journal.events(ContradictionSeen.class)).isEmpty();
                second.addsToHeight = lie;
                first.lib = chain.get(4);
                second.lib = chain.get(4);
                walk(chain.subList(10, 20));

                assertThat(journal.events(ContradictionSeen.class))
                        .extracting(ContradictionSeen::node, ContradictionSeen::about, ContradictionSeen::times)
                        .containsExactly(
                                tuple("validator-1", "height of the tip", 1L),
                                tuple("validator-1", "height of the tip", 2L),
                                tuple("validator-1", "height of the tip", 4L),
                                tuple("validator-1", "height of the tip", 8L));
                assertThat(journal.events(ContradictionSeen.class).get(0).expected())
                        .isEqualTo("height 11, blocks from genesis to its tip " + chain.get(10));
                assertThat(journal.events(ContradictionSeen.class).get(0).observed())
                        .isEqualTo("height " + (11 + lie));

                second.addsToHeight = 0;
                walk(chain.subList(20, 40));
                assertThat(journal.events(ContradictionEnded.class))
                        .containsExactly(
                                new ContradictionEnded(SECOND.toNanos() * 21, "validator-1", "height of the tip", 10));
                assertThat(NodeTimeline.of(journal.events()).node("validator-1").contradictions())
                        .singleElement()
                        .satisfies(span -> {
                            assertThat(span.from()).isEqualTo(SECOND.toNanos() * 11);
                            assertThat(span.to()).isEqualTo(SECOND.toNanos() * 21);
                            assertThat(span.times()).isEqualTo(10);
                            assertThat(span.observed()).isEqualTo("height " + (11 + lie));
                        });
            });
        }

        @Test
        void mayCountFromTheLibTheNodeWasStartedWith() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 60);
                first.lib = chain.get(4); // height 5
                walk(chain.subList(0, 30));
                first.up = false;
                polls(2);
                first.up = true;
                first.lib = chain.get(9);
                first.addsToHeight = -10;
                walk(chain.subList(30, 60));

                assertThat(journal.events(ContradictionSeen.class))
                        .filteredOn(seen -> seen.about().equals("height of the tip"))
                        .isEmpty();

                first.addsToHeight = -11;
                polls(1);
                assertThat(last(ContradictionSeen.class).expected())
                        .isEqualTo("height 50, blocks from height 10, its LIB when it was started, to its tip "
                                + chain.get(59));
            });
        }

        @Test
        void hasTheSlotOfItsHeader() throws Exception {
            drive(() -> {
                HeaderId tip = cluster.chain(GENESIS, 3).get(2);
                second.addsToSlot = 2;
                cluster.allOn(tip);
                nextPoll();

                assertThat(journal.events(ContradictionSeen.class))
                        .singleElement()
                        .satisfies(seen -> {
                            assertThat(seen.node()).isEqualTo("validator-1");
                            assertThat(seen.expected())
                                    .isEqualTo("slot 3, that of its tip block " + tip + " at height 3");
                            assertThat(seen.observed()).isEqualTo("slot 5");
                        });
                assertThat(journal.events(TipChanged.class))
                        .filteredOn(change -> change.tip().equals(tip))
                        .extracting(TipChanged::slot)
                        .containsOnly(3L);
            });
        }
    }

    @Nested
    class TheLib {

        private List<HeaderId> chain;

        private void onSix() throws InterruptedException {
            chain = cluster.chain(GENESIS, 6);
            cluster.allOn(chain.get(5));
            nextPoll();
        }

        @Test
        void isOnTheChainOfTheTip() throws Exception {
            drive(() -> {
                onSix();
                HeaderId other = cluster.mine(chain.get(1));
                first.tip = other;
                nextPoll();
                first.tip = chain.get(5);
                first.lib = other;
                nextPoll();

                assertThat(last(ContradictionSeen.class).about()).isEqualTo("last irreversible block");
                assertThat(last(ContradictionSeen.class).expected())
                        .isEqualTo("an ancestor of its tip block " + chain.get(5) + " at height 6");
                assertThat(last(ContradictionSeen.class).observed())
                        .isEqualTo("block " + other + " at height 3, which is on another branch");
            });
        }

        @Test
        void isNotAboveTheTip() throws Exception {
            drive(() -> {
                onSix();
                first.tip = chain.get(3);
                first.lib = chain.get(4);
                nextPoll();

                assertThat(last(ContradictionSeen.class).observed())
                        .isEqualTo("block " + chain.get(4) + " at height 5, which is above that tip");
            });
        }

        @Test
        void isABlockThatIsThere() throws Exception {
            drive(() -> {
                onSix();
                first.lib = WireFixtures.id(999);
                nextPoll();

                assertThat(last(ContradictionSeen.class).observed())
                        .isEqualTo("block " + WireFixtures.id(999) + ", which is on no chain that was seen");
            });
        }
    }

    @Nested
    class Headers {

        @Test
        void beginWithTheTip() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 80);
                second.hasOnlyItsChain = true;
                walk(chain.subList(0, 20));
                for (HeaderId block : chain.subList(20, 80)) { // what a node does that caches its tip
                    first.tip = block;
                    second.headersFrom = block;
                    nextPoll();
                }

                assertThat(journal.events(ContradictionSeen.class)).isNotEmpty().allSatisfy(seen -> {
                    assertThat(seen.node()).isEqualTo("validator-1");
                    assertThat(seen.about()).isEqualTo("headers from the tip");
                    assertThat(seen.expected())
                            .isEqualTo("its tip, as the first header: block " + chain.get(19) + " at height 20");
                    assertThat(seen.observed()).startsWith("block ");
                });
            });
        }

        @Test
        void mayMoveBetweenTwoQuestions() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 200);
                first.hasOnlyItsChain = true;
                walk(chain.subList(0, 10));
                int[] at = {10};
                first.afterHeaders = () -> first.tip = chain.get(at[0]);
                for (; at[0] < 200; at[0]++) {
                    first.headersFrom = chain.get(at[0]); // the tip moved before the headers were asked for
                    second.tip = chain.get(at[0]);
                    nextPoll();
                }

                assertThat(first.asked)
                        .filteredOn(path -> path.startsWith("/cryptarchia/headers"))
                        .hasSizeGreaterThan(10);
                assertThat(journal.events(ContradictionSeen.class)).isEmpty();
            });
        }

        @Test
        void thatCannotBeReadAreNamed() throws Exception {
            drive(() -> {
                second.malformedHeaders = true;
                walk(cluster.chain(GENESIS, 40));

                assertThat(last(ContradictionSeen.class).node()).isEqualTo("validator-1");
                assertThat(last(ContradictionSeen.class).expected())
                        .isEqualTo("headers in the form of the node contract");
                assertThat(feed.height()).isEqualTo(40);
            });
        }

        @Test
        void mayEndAtTheLib() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 60);
                for (int i = 0; i < 60; i++) {
                    first.lib = i < 2 ? GENESIS : chain.get(i - 2);
                    second.lib = first.lib;
                    walk(chain.subList(i, i + 1));
                }

                assertThat(journal.events(ContradictionSeen.class)).isEmpty();
            });
        }

        @Test
        void ofAnotherChainAreNamed() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 60);
                List<HeaderId> other = cluster.chain(GENESIS, 60);
                second.headersFrom = other.get(59);
                walk(chain);

                assertThat(last(ContradictionSeen.class).node()).isEqualTo("validator-1");
                assertThat(last(ContradictionSeen.class).observed())
                        .isEqualTo("block " + other.get(59) + ", which was not seen");
            });
        }
    }

    @Nested
    class Blocks {

        @Test
        void ofItsChainAreServed() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 80);
                second.lost.addAll(chain);
                walk(chain);

                assertThat(journal.events(ContradictionSeen.class)).isNotEmpty().allSatisfy(seen -> {
                    assertThat(seen.node()).isEqualTo("validator-1");
                    assertThat(seen.about()).isEqualTo("a block of its chain");
                    assertThat(seen.observed()).isEqualTo("no such block");
                });
                assertThat(journal.events(ContradictionSeen.class).get(0).times())
                        .isEqualTo(3);
            });
        }
    }

    @Nested
    class Routes {

        @ParameterizedTest
        @CsvSource({
            "/cryptarchia/headers, 500, an answer about headers",
            "/storage/block, 503, an answer about a block",
            "/cryptarchia/headers, 404, an answer about headers",
        })
        void thatDoNotAnswerAnyMoreAreNamed(String path, int status, String about) throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 120);
                walk(chain.subList(0, 40));
                assertThat(journal.events(ContradictionSeen.class)).isEmpty();
                second.statuses.put(path, status);
                walk(chain.subList(40, 120));

                assertThat(journal.events(ContradictionSeen.class)).isNotEmpty().allSatisfy(seen -> {
                    assertThat(seen.node()).isEqualTo("validator-1");
                    assertThat(seen.about()).isEqualTo(about);
                    assertThat(seen.expected()).isEqualTo("one, as to the question where it stands");
                    assertThat(seen.observed()).startsWith("status " + status);
                });
                assertThat(journal.events(ContradictionSeen.class).get(0).times())
                        .isEqualTo(3);
                assertThat(feed.height()).isEqualTo(120);
            });
        }

        @Test
        void thatANodeNeverHadProveNothing() throws Exception {
            drive(() -> {
                second.statuses.put("/cryptarchia/headers", 404);
                walk(cluster.chain(GENESIS, 120));

                assertThat(journal.events(ContradictionSeen.class)).isEmpty();
            });
        }

        @Test
        void ofANodeThatIsNotReadableAtAllAreNoContradiction() throws Exception {
            drive(() -> {
                List<HeaderId> chain = cluster.chain(GENESIS, 120);
                second.statuses.put("/", 500);
                cluster.allOn(chain.get(119));
                polls(120);

                assertThat(journal.events(ContradictionSeen.class)).isEmpty();
            });
        }
    }

    @Test
    void nodesThatRestartReorganizeAndReturnContradictNothing() throws Exception {
        drive(() -> {
            List<HeaderId> chain = cluster.chain(GENESIS, 40);
            List<HeaderId> fork = cluster.chain(chain.get(29), 30);
            walk(chain);
            first.tip = GENESIS;
            first.mode = "Bootstrapping";
            polls(20);
            first.tip = chain.get(35);
            polls(20);
            first.mode = "Online";
            walk(fork.subList(9, 30));
            second.tip = GENESIS;
            polls(40);

            assertThat(journal.events(ContradictionSeen.class)).isEmpty();
        });
    }
}
