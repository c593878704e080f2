package org.junitnomos.runner;

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
            limits.tracked(what, () -> caught(action, thrown));
        } else {
            limits.managed(what, () -> caught(action, thrown));
        }
        rethrow(thrown);
    }

    /** Does something on a thread of the caller's that the clock does not know, within the limits of the run. */
    void track(ThrowingBody action) throws Throwable {
        var thrown = new Throwable[1];
        limits.tracked("what comes before or after all tests", () -> caught(action, thrown));
        rethrow(thrown);
    }

    private static boolean caught(ThrowingBody action, Throwable[] thrown) {
        try {
            action.run();
        } catch (Throwable t) {
            thrown[0] = t;
        }
        return true;
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
        outcome.body(failure);
        drive.cut("the test body failed: " + FailureText.firstLine(failure));
    }
}
