package org.junitnomos.runner;

import org.junitnomos.time.TimelineException;
import org.slf4j.LoggerFactory;

/** Runs the body of a test, and what else a test does on the cluster, on the timeline of the run. */
final class TestBody {
    private final RunDeadlines limits;
    private final DriveState drive;
    private final RunOutcome outcome;
    private final Gate gate;

    TestBody(RunDeadlines limits, DriveState drive, RunOutcome outcome, Gate gate) {
        this.gate = gate;
        this.limits = limits;
        this.drive = drive;
        this.outcome = outcome;
    }

    /** Runs the body as a part of the drive phase; what it throws is part of the outcome and cuts the run. */
    void run(ThrowingBody body) throws Throwable {
        gate.check();
        try {
            limits.managed("the test body", () -> {
                drive.enterBody();
                try {
                    body.run();
                } catch (Throwable t) {
                    failed(t);
                } finally {
                    drive.leaveBody();
                    takeBackInterrupt("the test body");
                }
                return true;
            });
        } catch (Throwable t) {
            failed(t); // the clock could not be entered or left
        }
        Throwable failure = outcome.body();
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Does something before or after the body; what it throws is no part of the outcome. A run past its deadline has no
     * clock to wait on any more, but what was set up must still be taken down.
     */
    void attend(ThrowingBody action) throws Throwable {
        var thrown = new Throwable[1];
        String what = "what comes before or after the test body";
        if (limits.isExceeded()) {
            limits.tracked(what, () -> caught(what, action, thrown));
        } else {
            limits.managed(what, () -> caught(what, action, thrown));
        }
        rethrow(thrown);
    }

    /** Does something on a thread of the caller's that the clock does not know, within the limits of the run. */
    void track(ThrowingBody action) throws Throwable {
        var thrown = new Throwable[1];
        String what = "what comes before or after all tests";
        limits.tracked(what, () -> caught(what, action, thrown));
        rethrow(thrown);
    }

    private boolean caught(String what, ThrowingBody action, Throwable[] thrown) {
        try {
            action.run();
        } catch (Throwable t) {
            thrown[0] = t;
        } finally {
            takeBackInterrupt(what);
        }
        return true;
    }

    /** Code of the user that ends with its thread interrupted would end the next wait of the run, not its own. */
    private void takeBackInterrupt(String what) {
        if (!limits.isExceeded() && Thread.interrupted()) {
            LoggerFactory.getLogger(TestBody.class)
                    .warn("{} left its thread interrupted; the run goes on without the interrupt", what);
        }
    }

    private static void rethrow(Throwable[] thrown) throws Throwable {
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    /** Notes a failure of the test outside of its body, unless there is one already. */
    void fail(Throwable failure) {
        if (outcome.body() == null) {
            failed(failure);
        }
    }

    private void failed(Throwable failure) {
        if (drive.isCut() && (Rethrow.isEnd(failure) || outcome.isInfrastructure())) {
            return; // whatever cut the run is the result
        }
        var told = explained(failure);
        outcome.body(told);
        drive.cut("the test body failed: " + FailureText.firstLine(told));
    }

    /** A body that held the clock is ended by an interrupt, which says nothing of why. */
    private Throwable explained(Throwable failure) {
        String problem = limits.clockProblem();
        return problem != null && Rethrow.isInterrupt(failure) && !limits.isExceeded()
                ? new TimelineException(problem, failure)
                : failure;
    }
}
