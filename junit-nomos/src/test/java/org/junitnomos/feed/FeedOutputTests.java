package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

/** What comes out of a feed. */
class FeedOutputTests extends FeedOnVirtualTime {

    @Nested
    class Subscribers {

        @Test
        void hearThePastFirstAndEverythingOnce() throws Exception {
            drive(() -> {
                List<BlockRecord> early = new ArrayList<>();
                List<BlockRecord> late = new ArrayList<>();
                List<JournalEvent> sink = new ArrayList<>();
                feed.subscribe(early::add);
                List<HeaderId> chain = cluster.chain(GENESIS, 4);
                cluster.allOn(chain.get(1));
                nextPoll();
                AutoCloseable subscription = feed.subscribe(late::add);
                feed.attach(sink::add);
                assertThat(late).hasSize(2);
                cluster.allOn(chain.get(2));
                nextPoll();
                subscription.close();
                cluster.allOn(chain.get(3));
                nextPoll();

                assertThat(early).extracting(BlockRecord::id).isEqualTo(chain);
                assertThat(late).extracting(BlockRecord::id).isEqualTo(chain.subList(0, 3));
                assertThat(sink).isEqualTo(journal.events());
            });
        }

        @Test
        void thatThrowHarmNobody() throws Exception {
            drive(() -> {
                List<HeaderId> heard = new ArrayList<>();
                feed.subscribe(block -> {
                    throw new IllegalStateException("no " + block.height());
                });
                feed.subscribe(block -> heard.add(block.id()));
                cluster.allOn(cluster.chain(GENESIS, 2).get(1));
                nextPoll();

                assertThat(heard).hasSize(2);
                assertThat(journal.events(JournalEvent.Note.class))
                        .extracting(JournalEvent.Note::text)
                        .containsExactly(
                                "a subscriber failed: IllegalStateException: no 1",
                                "a subscriber failed: IllegalStateException: no 2");
            });
        }

        @Test
        void mayAskTheFeed() throws Exception {
            drive(() -> {
                List<Long> heights = new ArrayList<>();
                feed.subscribe(block -> heights.add(feed.height()));
                cluster.allOn(cluster.chain(GENESIS, 2).get(1));
                nextPoll();

                assertThat(heights).containsExactly(2L, 2L);
            });
        }
    }

    @Nested
    class Transactions {

        private final SignedMantleTx ours = WireFixtures.transfer(1);
        private final SignedMantleTx foreign = WireFixtures.transfer(2);

        private void submit(SignedMantleTx transaction) {
            journal.append(new TransactionSubmitted(timeline.nanos(), transaction.hash(), "validator-0", "load", 1));
        }

        private List<JournalEvent> fates() {
            return journal.events().stream()
                    .filter(event -> event instanceof TransactionIncluded
                            || event instanceof TransactionOrphaned
                            || event instanceof TransactionFinal)
                    .toList();
        }

        @Test
        void areIncludedOrphanedAndFinal() throws Exception {
            drive(() -> {
                submit(ours);
                HeaderId base = cluster.mine(GENESIS);
                HeaderId left = cluster.mine(base, ours, foreign);
                HeaderId right = cluster.mine(cluster.mine(base), ours);
                cluster.allOn(left);
                nextPoll();
                assertThat(feed.including(ours.hash())).map(BlockRecord::id).contains(left);
                assertThat(feed.including(foreign.hash())).isPresent();
                cluster.allOn(right);
                nextPoll();
                assertThat(feed.including(ours.hash())).map(BlockRecord::id).contains(right);
                assertThat(feed.including(foreign.hash())).isEmpty();
                second.lib = right;
                nextPoll();

                long second = SECOND.toNanos();
                assertThat(fates())
                        .containsExactly(
                                new TransactionIncluded(second, ours.hash(), left, 2),
                                new TransactionOrphaned(2 * second, ours.hash(), left),
                                new TransactionIncluded(2 * second, ours.hash(), right, 3),
                                new TransactionFinal(3 * second, ours.hash(), right));
            });
        }

        @Test
        void areFoundWhenTheirSubmissionIsRecordedLate() throws Exception {
            drive(() -> {
                HeaderId block = cluster.mine(GENESIS, ours);
                cluster.allOn(block);
                first.lib = block;
                nextPoll();
                submit(ours);

                assertThat(fates())
                        .containsExactly(
                                new TransactionIncluded(timeline.nanos(), ours.hash(), block, 1),
                                new TransactionFinal(timeline.nanos(), ours.hash(), block));
            });
        }

        @Test
        void ofAnotherRunStayOutOfTheJournal() throws Exception {
            drive(() -> {
                InMemoryJournal other = new InMemoryJournal();
                submit(ours);
                cluster.allOn(cluster.mine(GENESIS, ours));
                nextPoll();

                feed.attach(other);

                assertThat(other.events(BlockObserved.class)).hasSize(1);
                assertThat(other.events(TransactionIncluded.class)).isEmpty();
                assertThat(journal.events(TransactionIncluded.class)).hasSize(1);
            });
        }
    }
}
