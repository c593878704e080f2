package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.hash;
import static org.junitnomos.expectation.RecordedRun.id;

import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent.HostileSubmitted;
import org.junitnomos.scenario.InconclusiveException;
import org.opentest4j.AssertionFailedError;

class HostileLoadTests {
    private final HostileLoad load = new HostileLoad();
    private final RecordedRun run = new RecordedRun(2, 1).driveFrom(0);

    private void sent(int transaction, String kind, int status) {
        long now = run.clock().now().toNanos();
        run.add(new HostileSubmitted(now, hash(transaction), "validator-1", kind, status));
    }

    private void fails(String text) {
        assertThatThrownBy(() -> load.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(text);
    }

    @Test
    void holdsWhereNothingOfItIsInABlock() {
        sent(7, "overspend", 200);
        run.chain(RecordedRun.slots(1, 5));
        assertThatCode(() -> load.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesWhatIsInABlockOfAnyBranch() {
        sent(7, "overspend", 200);
        run.chain(RecordedRun.slots(1, 5)).observed(RecordedBlock.block(9).on(1).with(empty(7)));
        fails("transaction " + hash(7).toHex() + " (overspend), submitted to validator-1 at 0 s, is in block " + id(9)
                + " at height 2, which validator-0 showed first");
    }

    @Test
    void allowsAReplayOnceAndOnAnotherBranch() {
        sent(7, "replay", 200);
        run.seenByAll(RecordedBlock.block(1).slot(1).with(empty(7)));
        run.seenByAll(RecordedBlock.block(2).slot(2));
        run.observed(RecordedBlock.block(9).on(0).with(empty(7)));
        assertThatCode(() -> load.evaluate(run)).doesNotThrowAnyException();

        run.seenByAll(RecordedBlock.block(3).slot(3).with(empty(7)));
        fails("(replay), submitted to validator-1");
    }

    @Test
    void namesANodeThatTakesAMessageThatNobodySigned() {
        sent(7, "wrong signature", 200);
        fails("validator-1 took transaction " + hash(7).toHex() + " (wrong signature) into its mempool at 0 s");
    }

    @Test
    void isInconclusiveWithoutAny() {
        assertThatThrownBy(() -> load.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no hostile transaction was submitted");
    }
}
