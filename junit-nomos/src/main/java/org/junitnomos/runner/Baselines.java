package org.junitnomos.runner;

import java.util.function.LongSupplier;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.RunContext;

/** Lets every expectation record its baseline; one that finds the cluster sick refuses it. */
final class Baselines {
    private Baselines() {}

    static void take(RunContext run, Journal journal, LongSupplier nanos, RunOutcome outcome)
            throws InterruptedException {
        for (var expectation : run.scenario().expectations()) {
            try {
                var values = expectation.capture(run);
                journal.append(new JournalEvent.BaselineTaken(nanos.getAsLong(), expectation.name(), values));
            } catch (InterruptedException | DeadlineExceededException e) {
                throw e;
            } catch (Exception | AssertionError e) {
                outcome.refuse(expectation.name(), e);
            }
        }
    }
}
