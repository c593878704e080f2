package org.junitnomos.runner;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.time.Timeline;

/**
 * Does the phases of one run before and after those on its cluster, which are {@link DeployedRun}'s. Knows nothing of
 * "once": {@link ScenarioRun} sees to that.
 */
final class RunPhases {
    private static final String FAILED_BEFORE = "the test failed before its body";
    private static final String ABORTED_BEFORE = "the test was aborted before its body";
    private final RunParts parts;
    private final RunInfo info;
    private final LiveCluster cluster;
    private final Timeline timeline;
    private final DriveState drive;
    private final RunOutcome outcome;
    private final RunDeadlines limits;
    private final RunEnd end;
    private final TestBody body;
    private volatile @Nullable DeployedRun deployed;

    RunPhases(RunInfo info, LiveCluster cluster, List<RunReporter> reporters) {
        this.parts = new RunParts(info, cluster, reporters);
        this.info = info;
        this.cluster = cluster;
        this.timeline = parts.timeline;
        this.drive = parts.drive;
        this.outcome = parts.outcome;
        this.limits = parts.limits;
        this.end = parts.end;
        this.body = new TestBody(limits, drive, outcome, parts.gate);
    }

    // ---- deploy

    DeployedRun deploy() {
        var opened = open();
        end.opened(opened);
        timeline.onEventFailure(failure -> {
            outcome.infrastructure(failure);
            drive.cut("the harness failed: " + FailureText.firstLine(failure));
        });
        cluster.onLoss(reason -> {
            outcome.infrastructure(new DeploymentException("The cluster was lost: " + reason + ".", null));
            drive.cut("the cluster was lost: " + reason);
        });
        cluster.onNotice(text -> parts.reporters.tell(listener -> listener.notice(text)));
        limits.armRun();
        opened.log().begin(RunPhase.DEPLOY);
        try {
            var ready = limits.managed("the deploy", () -> {
                var run = new DeployedRun(parts, cluster.deploy(opened.directory()), opened);
                deployed = run;
                return run;
            });
            opened.log().end(RunPhase.DEPLOY, null);
            return ready;
        } catch (Throwable t) {
            var failure = parts.infrastructure("deploy failed", t);
            opened.log().end(RunPhase.DEPLOY, FailureText.firstLine(failure));
            throw Rethrow.unchecked(failure);
        }
    }

    private RunRecord open() {
        try {
            return RunRecord.open(info, cluster, parts.reporters);
        } catch (UncheckedIOException e) {
            var why = Evidence.unwritten(e, info.settings().directory());
            throw Rethrow.unchecked(parts.infrastructure("the evidence cannot be written", why));
        }
    }

    // ---- the test

    void body(ThrowingBody action) throws Throwable {
        body.run(action);
    }

    /** Notes a failure of the test outside of its body. */
    void fail(Throwable failure) {
        body.fail(failure);
    }

    /** Notes a failure of the test before the run could start; it must not start then. */
    void giveUp(Throwable failure) {
        if (!outcome.isInfrastructure()) {
            outcome.body(failure);
            end.note(FailureText.isAbort(failure) ? ABORTED_BEFORE : FAILED_BEFORE, failure);
        }
    }

    void leaveUnjudged(String why) {
        outcome.unjudged(why, info.scenario().selection().expectations().isEmpty());
        drive.cut("not judged: " + why);
    }

    boolean isGivenUp() {
        return outcome.body() != null;
    }

    /** Notes a failure that neither ends the run window nor is the body's. */
    void addFailure(String what, Throwable failure) {
        if (outcome.add(failure)) {
            end.note(what, failure);
        }
    }

    void attend(ThrowingBody action) throws Throwable {
        body.attend(action);
    }

    void track(ThrowingBody action) throws Throwable {
        body.track(action);
    }

    /** Computes the result as it is now, and tells the reporters. */
    RunResult report() {
        return end.report();
    }

    List<JournalEvent> events() {
        return end.events();
    }

    RunResult result() {
        return parts.result();
    }

    // ---- cleanup

    /** Notes that the run is cut off, and writes down what there is of it; waits for nobody and ends nothing. */
    void cutOff(String reason) {
        if (!end.isOpen()) {
            return;
        }
        Throwable failed = outcome.body();
        String why = failed == null ? reason : reason + "; the test body had failed: " + FailureText.firstLine(failed);
        end.unfinished(why, new JournalEvent.Note(timeline.nanos(), "runner", "the run was cut off: " + why));
        parts.infrastructure("the run was cut off", new DeploymentException(why, failed));
        drive.cut("the run was cut off: " + why);
        end.report();
    }

    /** Ends the record of a run that could not be cleaned up in time; waits for nobody. */
    void abort() {
        end.abort();
    }

    /** Ends whatever is under way, because the run is closed before it was finished. */
    void abandon() {
        drive.cut("the run was closed before it was finished");
        drive.interruptBody();
    }

    /** Cleans up in order; every step is tried, and what goes wrong is part of the outcome. */
    void cleanUp(boolean owned, boolean finished) {
        var problems = new ArrayList<Throwable>();
        limits.armCleanup();
        end.beginCleanup();
        var run = deployed;
        if (run != null) {
            run.stop(problems);
        }
        if (!finished) {
            end.report(); // the evidence is complete before anything is torn down
        }
        if (owned) {
            CleanupStep.attempt(problems, cluster::shutDown);
        }
        if (run != null) {
            CleanupStep.attempt(problems, run::leaveFeed); // not before the last node of the run has ended
        }
        end.endCleanup(problems.isEmpty() ? null : FailureText.firstLine(problems.get(0)));
        if (!problems.isEmpty()) {
            outcome.cleanup(parts.texts().render("cleanup failed", FailureText.of(problems.get(0))), problems);
        }
    }

    /** Nothing of the run is limited any more. */
    void endLimits() {
        limits.close();
    }

    /** Writes what is kept, unless something fails until the end. */
    void write(boolean owned) {
        end.write(owned);
    }

    /** Ends the journal and tells the reporters; the last thing of a run. */
    RunResult conclude(boolean owned) {
        return end.conclude(owned);
    }
}
