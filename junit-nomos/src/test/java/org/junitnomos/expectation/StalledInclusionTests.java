package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.topology.NodeState;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.TransactionWorkload;
import org.opentest4j.AssertionFailedError;

/** A chain that stopped does not keep transactions young. */
class StalledInclusionTests {
    private final TransactionInclusion inclusion = new TransactionInclusion();
    private final RecordedRun run = new RecordedRun(3, 1);

    /** Ten transactions in time, then some accepted that no block ever holds. */
    private void tenInTimeThenWaiting(int waiting) {
        run.driveFrom(0);
        for (int i = 1; i <= 10; i++) {
            run.at(i - 1).accepted(i, "validator-0").seenByAll(block(i).slot(i).with(empty(i)));
        }
        for (int i = 0; i < waiting; i++) {
            run.at(11).accepted(100 + i, "validator-" + i % 3);
        }
    }

    @Test
    void failsWhenAThousandWaitForAChainThatStopped() {
        tenInTimeThenWaiting(1000);
        run.driveUntil(300);

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("the chain stopped at height 10, slot 10: no block in the 289 slots (9.633 min)"
                        + " since then; 1000 transactions wait for it\n"
                        + "expected every accepted transaction on the chain within 10 blocks but 1000 of 1010 were"
                        + " not:\n")
                .hasMessageEndingWith("(submitted 1010, accepted 1010, refused none, too young to judge 0)");
    }

    @Test
    void isInconclusiveWhenTheYoungOutnumberTheJudged() {
        tenInTimeThenWaiting(1000);
        run.driveUntil(20);

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith("too few transactions could be judged, 10: 1000 were accepted less than 10"
                        + " blocks before the end of the chain, and too few slots before it to say that they are late")
                .hasMessageEndingWith("(submitted 1010, accepted 1010, refused none, too young to judge 1000)");
    }

    @Test
    void passesWithItsCountOnRecordWhenFewAreYoung() {
        tenInTimeThenWaiting(4);
        run.driveUntil(20);

        assertThatCode(() -> inclusion.evaluate(run)).doesNotThrowAnyException();
        assertThat(run.journal().events(JournalEvent.Note.class))
                .extracting(JournalEvent.Note::text)
                .containsExactly("10 of 10 judged transactions were on time (submitted 14, accepted 14, refused none,"
                        + " too young to judge 4)");
    }

    @Test
    void doesNotCountSlotsUnderAFaultOfTheNetwork() {
        tenInTimeThenWaiting(1000);
        run.fault(1, "partition").driveUntil(300);

        assertThatThrownBy(() -> inclusion.evaluate(run)).isInstanceOf(InconclusiveException.class);
    }

    @Test
    void doesNotCountSlotsInWhichAllNodesWereStoppedOnPurpose() {
        tenInTimeThenWaiting(1000);
        for (int i = 0; i < 3; i++) {
            run.state("validator-" + i, NodeState.STOPPED, true);
        }
        run.driveUntil(300);

        assertThatThrownBy(() -> inclusion.evaluate(run)).isInstanceOf(InconclusiveException.class);
    }

    @Test
    void countsSlotsInWhichAllNodesWereDeadByThemselvesAndNamesThem() {
        tenInTimeThenWaiting(20);
        for (int i = 0; i < 3; i++) {
            run.state("validator-" + i, NodeState.DEAD, false);
        }
        run.driveUntil(300);

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("the chain stopped at height 10, slot 10: ")
                .hasMessageContaining("\nvalidator-1 ended by itself at 22.5 s: as the test says\n");
    }

    @Test
    void needsMoreSlotsWhenHalfOfTheNodesWereStoppedOnPurpose() {
        var facts = new RecordedRun(4, 1).driveFrom(0);
        assertThat(slotsFor(facts, 10)).isBetween(25, 80);

        var half = new RecordedRun(4, 1).driveFrom(0);
        half.state("validator-0", NodeState.STOPPED, true).state("validator-1", NodeState.STOPPED, true);
        assertThat(slotsFor(half, 10)).isGreaterThan(slotsFor(facts, 10));
    }

    private static int slotsFor(RecordedRun run, int blocks) {
        for (int slots = blocks; ; slots++) {
            run.at(slots);
            if (new ChainPace(new RunFacts(run)).isTimeFor(blocks, 0)) {
                return slots;
            }
        }
    }

    @Test
    void refusesAPlanInWhichNothingCanEverBeLate() {
        var plan = Scenario.builder()
                .validators(2)
                .executors(1)
                .wallets(10)
                .workload(new TransactionWorkload(1, 10))
                .workload(new DataAvailabilityWorkload())
                .expect(new TransactionInclusion(30, 100))
                .expect(new BlobInclusion(80, 50, 31))
                .runFor(Duration.ofSeconds(40))
                .cooldown(Duration.ofSeconds(10));

        assertThatThrownBy(plan::build)
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining(
                        "transaction inclusion: withinBlocks is 30, expected at most the 25 slots of run window"
                                + " and cooldown, because nothing could ever be late. Lower it, or run for at least"
                                + " 50 s.")
                .hasMessageContaining("blob inclusion: withinBlocks is 31, expected at most the 25 slots");
    }

    @Test
    void failsForBlobsThatWaitForAChainThatStopped() {
        run.driveFrom(0).chain(RecordedRun.slots(1, 5));
        var blobs = new BlobEvents(run);
        blobs.submit(1);
        run.driveUntil(300);

        assertThatThrownBy(() -> new BlobInclusion().evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("the chain stopped at height 4, slot 4: no block in the 295 slots (9.833 min)"
                        + " since then\nexpected 50 % of the blobs on the chain within 20 blocks but 1 of 1"
                        + " were not:\n");
    }

    @Test
    void failsForARecoveryThatNeverComesBecauseTheChainStopped() {
        run.driveFrom(0).chain(RecordedRun.slots(1, 5)).fault(1, "stop").healed(1);
        run.driveUntil(300);

        assertThatThrownBy(() -> new AvailabilityRecovery().evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected a blob on the chain within 20 blocks after all faults were healed but:\n"
                        + "  none from the heal at 8.5 s (height 4) to the end: the chain stopped at height 4, slot 4:"
                        + " no block in the 295 slots (9.833 min) since then");
    }
}
