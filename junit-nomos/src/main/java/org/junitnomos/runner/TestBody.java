package org.junitnomos.runner;

/** Runs the body of a test, and what else a test does on the cluster, on the timeline of the run. */
final class TestBody {
    private final Limits limits;
    private final Drive drive;
    private final RunOutcome outcome;

    TestBody(Limits limits, Drive drive, RunOutcome outcome) {
        this.limits = limits;
        this.drive = drive;
        this.outcome = outcome;
    }

    /** Run the body as a part of the drive phase; what it throws is part of the outcome and cuts the run. */
    void run(ThrowingBody body) throws Throwable {
        try {
            limits.managed(() -> {
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

    /** Do something before or after the body; what it throws is no part of the outcome. */
    void attend(ThrowingBody action) throws Throwable {
        var thrown = new Throwable[1];
        limits.managed(() -> {
            try {
                action.run();
            } catch (Throwable t) {
                thrown[0] = t;
            }
            return true;
        });
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    /** Note a failure of the test outside of its body, unless there is one already. */
    void fail(Throwable failure) {
        if (outcome.body() == null) {
            failed(failure);
        }
    }

    private void failed(Throwable failure) {
        if (drive.isCut() && (Rethrow.isInterrupt(failure) || outcome.isInfrastructure())) {
            return; // whatever cut the run is the result
        }
        outcome.body(failure);
        drive.cut("the test body failed: " + FailureText.firstLine(failure));
    }
}
