package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.hash;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

/** Load that was not delivered, and runs that never got to deliver any. */
class DeliveredLoadTests {
    private final RecordedRun run = new RecordedRun(2, 1);

    private void delivered(String load, long planned, long accepted, Map<String, Long> missed) {
        run.add(new JournalEvent.LoadDelivered(
                run.clock().now().toNanos(), load, load, planned, accepted, accepted, missed));
    }

    private void cut(long slot, String reason) {
        run.at(slot).add(new JournalEvent.PhaseEnded(run.clock().now().toNanos(), RunPhase.DRIVE, reason));
    }

    private void included(int count) {
        run.driveFrom(0);
        for (int i = 1; i <= count; i++) {
            run.at(i - 1).accepted(i, "validator-0").seenByAll(block(i).slot(i).with(empty(i)));
        }
    }

    @Nested
    class Share {
        @Test
        void isInconclusiveIfTooLittleWasDeliveredAndNamesTheMainCause() {
            included(53);
            run.driveUntil(60);
            var missed = new LinkedHashMap<String, Long>();
            missed.put("refused by validator-1 with status 500", 15L);
            missed.put("transactions were signed too slowly", 100L);
            delivered("transactions", 168, 53, missed);

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessage("workload 'transactions' delivered only 53 of 168 transactions that were due, less than"
                            + " 90 %: transactions were signed too slowly (100)\n"
                            + "(transactions of 'transactions': 168 were due, 53 submitted, 53 accepted, the others not"
                            + " because refused by validator-1 with status 500 (15), transactions were signed too"
                            + " slowly (100); submitted 53, accepted 53, refused none, too young to judge 0)");
        }

        @Test
        void maybeSmallIfThePlanSaysSo() {
            included(53);
            run.driveUntil(60);
            delivered("transactions", 168, 53, Map.of("signed too slowly", 115L));

            assertThatCode(() -> new TransactionInclusion(10, 100, 30).evaluate(run))
                    .doesNotThrowAnyException();
        }

        @Test
        void isJudgedForEachWorkload() {
            included(53);
            run.driveUntil(60);
            delivered("transactions", 1000, 1000, Map.of());
            delivered("transactions", 10, 0, Map.of("no node was running", 10L));

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageStartingWith("workload 'transactions' delivered only 0 of 10");
        }

        @Test
        void standsInTheTextOfAFailureToo() {
            run.at(0).accepted(1, "validator-0").chain(RecordedRun.slots(1, 15));
            delivered("transactions", 168, 1, Map.of("no node answered", 167L));

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("168 were due, 1 submitted, 1 accepted, the others not because no node"
                            + " answered (167); submitted 1, accepted 1");
        }

        @Test
        void ofBlobsIsJudgedByTheInclusionOfBlobs() {
            run.driveFrom(0);
            var blobs = new BlobEvents(run);
            blobs.disperse(1);
            run.chain(RecordedRun.slots(1, 30));
            blobs.include(1, 3, 3);
            delivered("blobs", 50, 1, Map.of("every channel was busy with its last blob", 49L));

            assertThatThrownBy(() -> new BlobInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageStartingWith("workload 'blobs' delivered only 1 of 50 blobs that were due, less than"
                            + " 50 %: every channel was busy with its last blob (49)\n");
            assertThatCode(() -> new BlobInclusion(80, 50, 20, 2).evaluate(run)).doesNotThrowAnyException();
        }

        @Test
        void mustBeAPercentage() {
            assertThatThrownBy(Scenario.builder()
                            .expect(new TransactionInclusion(10, 100, 101))
                            .expect(new BlobInclusion(80, 50, 20, -1))::build)
                    .hasMessageContaining("transaction inclusion: deliveredPercent is 101, expected 0 to 100 percent")
                    .hasMessageContaining("blob inclusion: deliveredPercent is -1, expected 0 to 100 percent");
        }
    }

    @Nested
    class ARunThatWasCut {
        @Test
        void judgesNothingThatItNeverGotToDo() {
            run.driveFrom(0);
            delivered("transactions", 0, 0, Map.of());
            cut(0, "the test body failed: java.lang.AssertionError: no");

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessage("no transaction was submitted; the run was cut: the test body failed:"
                            + " java.lang.AssertionError: no");
            assertThatThrownBy(() -> new BlobInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessage("no inscription and no blob was submitted; the run was cut: the test body failed:"
                            + " java.lang.AssertionError: no");
        }

        @Test
        void judgesNoRefusalsOfItsFirstMoments() {
            run.driveFrom(0).at(0);
            refused(3);
            run.chain(1);
            cut(2, "the test body failed: no");

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessage("no node accepted a transaction, and there was no time to; the run was cut: the test"
                            + " body failed: no (3 submitted, refused: {422 bad signature=3})");
        }

        @Test
        void failsForRefusalsAllAlong() {
            run.driveFrom(0).at(0);
            refused(3);
            run.chain(RecordedRun.slots(1, 20));
            cut(20, "the test body failed: no");

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage("expected accepted transactions but there was none: 3 submitted, refused: {422 bad"
                            + " signature=3}");
        }

        @Test
        void saysThatItWasCutWhenAllAreYoung() {
            run.driveFrom(0).chain(1).accepted(1, "validator-0");
            cut(2, "expectation 'safety' was violated");

            assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageStartingWith(
                            "no transaction could be judged: 1 were accepted less than 10 blocks before")
                    .hasMessageContaining("; the run was cut: expectation 'safety' was violated\n(");
        }

        private void refused(int count) {
            for (int i = 1; i <= count; i++) {
                long now = run.clock().now().toNanos();
                run.add(new JournalEvent.TransactionSubmitted(now, hash(i), "validator-0", "transactions", 1));
                run.add(new JournalEvent.TransactionRejected(now, hash(i), "validator-0", 422, "bad signature"));
            }
        }
    }

    @Test
    void isInconclusiveIfNoNodeAnsweredAndNoBlockCame() {
        run.driveFrom(0).at(0);
        run.add(new JournalEvent.TransactionSubmitted(0, hash(1), "validator-0", "transactions", 1))
                .add(new JournalEvent.TransactionRejected(0, hash(1), "validator-0", 0, "connection refused"))
                .driveUntil(100);

        assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no node accepted a transaction, and no node answered, nor did the chain grow (1 submitted,"
                        + " refused: {no answer: connection refused=1})");
    }
}
