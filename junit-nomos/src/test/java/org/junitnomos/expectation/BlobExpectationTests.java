package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.hash;
import static org.junitnomos.expectation.RecordedRun.id;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.scenario.InconclusiveException;
import org.opentest4j.AssertionFailedError;

class BlobExpectationTests {
    private final RecordedRun run = new RecordedRun(3, 0);

    private static BlobId blob(int number) {
        return BlobId.of(id(number).toBytes());
    }

    private static ChannelId channel(int number) {
        return ChannelId.of(id(number).toBytes());
    }

    private static MsgId message(int number) {
        return MsgId.of(id(number).toBytes());
    }

    private long now() {
        return run.clock().now().toNanos();
    }

    private void submit(int number) {
        run.add(new JournalEvent.BlobSubmitted(
                now(), "content-" + number, "data availability", "executor-0", channel(1), MsgId.ZERO, 31, 1));
    }

    private void disperse(int number) {
        submit(number);
        run.add(new JournalEvent.BlobDispersed(now(), "content-" + number, "executor-0", blob(number)));
    }

    private void include(int number, int block, long height) {
        run.add(new JournalEvent.BlobIncluded(now(), blob(number), message(number), id(block), height));
    }

    @Nested
    class Inclusion {
        @Test
        void isInconclusiveWithoutAnyBlob() {
            run.chain(RecordedRun.slots(1, 10));
            assertThatThrownBy(() -> new BlobInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessage("no inscription and no blob was submitted: no workload has one on record");
        }

        @Test
        void namesTheBlobsThatAreMissing() {
            disperse(1);
            submit(2);
            run.add(new JournalEvent.BlobRefused(now(), "content-2", "executor-0", 500, "Failed to disperse data"));
            run.chain(RecordedRun.slots(1, 10));
            assertThatThrownBy(() -> new BlobInclusion(80, 50, 5).evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage("expected 50 % of the blobs on the chain within 5 blocks but 2 of 2 were not:\n"
                            + "  blob " + blob(1).toHex()
                            + ": handed to executor-0 at 0 s (height 0, 1 attempt), dispersed, not on the chain at"
                            + " height 9\n"
                            + "  blob without an id (SHA-256 content-2): handed to executor-0 at 0 s (height 0, 1"
                            + " attempt), refused: Failed to disperse data, not on the chain at height 9\n"
                            + "(too young to judge 0)");
        }

        @Test
        void isContentWithItsRatio() {
            disperse(1);
            disperse(2);
            run.chain(RecordedRun.slots(1, 10));
            include(1, 3, 3);
            assertThatCode(() -> new BlobInclusion(80, 50, 5).evaluate(run)).doesNotThrowAnyException();
            assertThatThrownBy(() -> new BlobInclusion(80, 51, 5).evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("but 1 of 2 were not");
        }

        @Test
        void doesNotJudgeWhatIsYoung() {
            run.chain(RecordedRun.slots(1, 10));
            disperse(1);
            assertThatThrownBy(() -> new BlobInclusion(80, 50, 5).evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageContaining("less than 5 blocks before the end of the chain");
        }

        @Test
        void namesChannelsWithoutTheirInscription() {
            run.add(new JournalEvent.InscriptionSubmitted(
                    now(), "data availability", channel(1), message(1), MsgId.ZERO, hash(1)));
            run.chain(RecordedRun.slots(1, 10));
            assertThatThrownBy(() -> new BlobInclusion(80, 50, 5).evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage("expected 80 % of the inscriptions on the chain within 5 blocks but 1 of 1 were not:\n"
                            + "  channel " + channel(1).toHex()
                            + ": inscription submitted at 0 s (height 0), not on the chain at height 9\n"
                            + "(too young to judge 0)");
        }
    }

    @Nested
    class Recovery {
        private void healAtHeight(int height) {
            run.chain(RecordedRun.slots(1, height + 1)).fault(1, "stop").healed(1);
        }

        private void growTo(int from, int to) {
            for (int height = from; height <= to; height++) {
                run.seenByAll(block(height).slot(height));
            }
        }

        @Test
        void failsIfNoNewBlobGetsOntoTheChain() {
            disperse(1);
            healAtHeight(3);
            disperse(2);
            growTo(4, 4);
            include(1, 4, 4);
            growTo(5, 9);
            assertThatThrownBy(() -> new AvailabilityRecovery(5).evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage(
                            "expected a blob on the chain within 5 blocks after all faults were healed but:\n"
                                    + "  none from the heal at 6.5 s (height 3) to height 9; 1 blob was submitted in that time, and 1 dispersed");
        }

        @Test
        void holdsIfOneDoes() {
            healAtHeight(3);
            disperse(2);
            growTo(4, 6);
            include(2, 6, 6);
            growTo(7, 9);
            assertThatCode(() -> new AvailabilityRecovery(5).evaluate(run)).doesNotThrowAnyException();
        }

        @Test
        void isNotJudgedWithoutABlobToInclude() {
            healAtHeight(3);
            growTo(4, 9);
            assertThatThrownBy(() -> new AvailabilityRecovery(5).evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageContaining("no heal could be judged");
        }
    }

    @Nested
    class Sampling {
        @Test
        void isNotJudgedIfNoNodeRuns() {
            run.chain(RecordedRun.slots(1, 5));
            disperse(1);
            include(1, 3, 3);
            run.add(new JournalEvent.BlobFinal(now(), blob(1), message(1), id(3)));
            assertThatThrownBy(() -> new HistoricSampling().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessage("no node runs, so none could sample the blobs of 1 irreversible blocks");
        }
    }

    @Nested
    class Order {
        private void message(int block, int number, MsgId parent) {
            run.add(new JournalEvent.ChannelMessageObserved(
                    now(),
                    id(block),
                    hash(number),
                    channel(1),
                    BlobExpectationTests.message(number),
                    parent,
                    null,
                    0,
                    5));
        }

        @Test
        void followsParentsAlongTheChain() {
            run.chain(RecordedRun.slots(1, 5));
            message(1, 11, MsgId.ZERO);
            message(3, 12, BlobExpectationTests.message(11));
            assertThatCode(() -> new ChannelOrder().evaluate(run)).doesNotThrowAnyException();
        }

        @Test
        void namesAMessageThatForgetsOneBefore() {
            run.chain(RecordedRun.slots(1, 5));
            message(1, 11, MsgId.ZERO);
            message(3, 12, MsgId.ZERO);
            assertThatThrownBy(() -> new ChannelOrder().evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage("expected every message to follow the tip of its channel but 1 of 2 do not:\n  message "
                            + BlobExpectationTests.message(12).toHex() + " of channel "
                            + channel(1).toHex() + " in block " + id(3).toHex()
                            + " at height 3 has the parent " + MsgId.ZERO.toHex() + " but the tip of the channel was "
                            + BlobExpectationTests.message(11).toHex());
        }
    }
}
