package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.LeftOut;
import org.junitnomos.scenario.RunContext;

/** Lets every expectation record its baseline; one that finds the cluster sick refuses it. */
final class Baselines {
    private Baselines() {}

    /** Leaves out what the plan brought and the system under test cannot decide; returns the reasons. */
    static List<LeftOut> settle(RunContext run, Journal journal, LongSupplier nanos, RunOutcome outcome) {
        var all = new ArrayList<LeftOut>();
        for (var expectation : run.scenario().selection().brought()) {
            expectation.undecidable(run).ifPresent(reason -> {
                var out = new LeftOut(expectation.name(), reason);
                outcome.leaveOut(out);
                journal.append(new JournalEvent.ExpectationLeftOut(nanos.getAsLong(), out.expectation(), reason));
                all.add(out);
            });
        }
        return all;
    }

    static void take(
            List<Expectation> expectations, RunContext run, Journal journal, LongSupplier nanos, RunOutcome outcome)
            throws InterruptedException {
        for (var expectation : expectations) {
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
