package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedRun.hash;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.LoadDelivered;

/** An answer is worth what its question was: a node that was excused when it was asked is excused when it answers. */
class WrongRefusalsTests {
    private final RecordedRun run = new RecordedRun(2, 0);

    private WrongRefusals judge() {
        return WrongRefusals.ofTransactions(new RunFacts(run));
    }

    private void asked(int transaction) {
        run.add(new JournalEvent.TransactionSubmitted(now(), hash(transaction), "validator-0", "transactions", 1));
    }

    private void unanswered(int transaction) {
        run.add(new JournalEvent.TransactionRejected(now(), hash(transaction), "validator-0", 0, "timeout"));
    }

    private long now() {
        return run.clock().now().toNanos();
    }

    private void load(int planned) {
        run.add(new LoadDelivered(now(), "transactions", "transactions", planned, planned, 0, Map.of()));
    }

    @Test
    void aNodeThatWasUnderAFaultWhenItWasAskedIsNotJudgedByItsAnswer() {
        run.driveFrom(0).chain(RecordedRun.slots(1, 5));
        run.at(5).fault(1, "pause");
        asked(1);
        run.at(6).healed(1);
        unanswered(1);
        load(1);
        run.driveUntil(100);

        assertThat(judge().silences(0)).isEmpty();
        assertThat(judge().silences(100)).isEmpty();
    }

    @Test
    void aNodeThatWasAskedWithoutAFaultIsJudged() {
        run.driveFrom(0).chain(RecordedRun.slots(1, 5));
        run.at(5);
        asked(1);
        run.at(6);
        unanswered(1);
        load(1);
        run.driveUntil(100);

        assertThat(judge().silences(100))
                .singleElement()
                .asString()
                .startsWith("validator-0 did not answer for 1 of the 1 transactions submitted to it, 100.0 %")
                .contains(": no answer: timeout (1); the first is ");
    }
}
