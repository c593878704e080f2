package org.junitnomos.runner;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.time.Timeline;

/** Does the phases of one run. Knows nothing of "once": {@link ScenarioRun} sees to that. */
final class RunPhases {
    private static final String FAILED_BEFORE = "the test failed before its body";
    private static final String ABORTED_BEFORE = "the test was aborted before its body";
    private final RunInfo info;
    private final @Nullable Replay replay;
    private final LiveCluster cluster;
    private final Timeline timeline;
    private final Reporters reporters;
    private final RunOutcome outcome = new RunOutcome();
    private final Gate gate = new Gate();
    private final RunHanging hanging;
    private final RunDeadlines limits;
    private final DriveState drive;
    private final Window window;
    private final ContinuousChecks watch;
    private final TestBody body;
    private final RunEnd end;
    private volatile @Nullable RunRecord record;
    private @Nullable WorkloadThreads crew;
    private @Nullable JournalingControl control;
    private @Nullable RunView view;
    private @Nullable RunContext guarded;
    private @Nullable AutoCloseable feedLink;

    RunPhases(RunInfo info, LiveCluster cluster, List<RunReporter> reporters) {
        this.info = info;
        this.replay = Replay.of(info);
        this.cluster = cluster;
        this.timeline = cluster.timeline();
        this.reporters = new Reporters(info, reporters);
        this.drive = new DriveState(timeline);
        this.watch = new ContinuousChecks(drive);
        this.window = new Window(timeline, info.scenario().runWindow());
        this.hanging = new RunHanging(info, cluster, outcome, this::report, this::abort);
        this.limits = new RunDeadlines(info, timeline, drive, outcome, gate, hanging);
        this.body = new TestBody(limits, drive, outcome, gate);
        this.end = new RunEnd(cluster, this.reporters, outcome, this::texts, this::result);
    }

    // ---- deploy

    RunContext deploy() {
        var opened = open();
        record = opened;
        hanging.opened(opened);
        timeline.onEventFailure(failure -> {
            outcome.infrastructure(failure);
            drive.cut("the harness failed: " + FailureText.firstLine(failure));
        });
        cluster.onLoss(reason -> {
            outcome.infrastructure(new DeploymentException("The cluster was lost: " + reason + ".", null));
            drive.cut("the cluster was lost: " + reason);
        });
        cluster.onNotice(text -> reporters.tell(listener -> listener.notice(text)));
        limits.armRun();
        opened.log().begin(RunPhase.DEPLOY);
        try {
            var context = limits.managed("the deploy", () -> assemble(cluster.deploy(opened.directory()), opened));
            opened.log().end(RunPhase.DEPLOY, null);
            return context;
        } catch (Throwable t) {
            var failure = infrastructure("deploy failed", t);
            opened.log().end(RunPhase.DEPLOY, FailureText.firstLine(failure));
            throw Rethrow.unchecked(failure);
        }
    }

    private RunRecord open() {
        try {
            return RunRecord.open(info, cluster, reporters);
        } catch (UncheckedIOException e) {
            var why = Evidence.unwritten(e, info.settings().directory());
            throw Rethrow.unchecked(infrastructure("the evidence cannot be written", why));
        }
    }

    private RunContext assemble(LiveCluster.Running running, RunRecord opened) {
        var journal = opened.journal();
        crew = new WorkloadThreads(
                timeline, journal, drive, info.scenario().topology().consensus().slotDuration());
        hanging.driven(opened(crew));
        control = new JournalingControl(running.deployment().control(), journal, timeline::nanos);
        long seed = opened.run() == 1 ? info.seed() : SeededRandoms.streamSeed(info.seed(), "run " + opened.run());
        view = new RunView(info, running, opened, drive, crew, control, new SeededRandoms(seed, gate::check));
        feedLink = running.feed().attach(journal);
        guarded = gate.guard(RunContext.class, view);
        return guarded;
    }

    // ---- capture and drive

    void start() {
        try {
            limits.managed("the capture of the baselines", () -> {
                capture();
                if (outcome.isRefused()) {
                    return false;
                }
                beginDrive();
                return true;
            });
        } catch (Throwable t) {
            endPhase(RunPhase.CAPTURE, FailureText.firstLine(t));
            throw Rethrow.unchecked(infrastructure("the run could not start", t));
        }
        if (outcome.isRefused()) {
            throw Rethrow.unchecked(outcome.refusal(judge()));
        }
    }

    private void capture() throws InterruptedException {
        opened(record).log().begin(RunPhase.CAPTURE);
        watch.begin(opened(record).journal(), opened(guarded));
        Baselines.take(opened(guarded), opened(record).journal(), timeline::nanos, outcome);
        opened(record).log().end(RunPhase.CAPTURE, outcome.isRefused() ? "the cluster was refused" : null);
    }

    private void beginDrive() {
        opened(record).log().begin(RunPhase.DRIVE);
        drive.open();
        var feed = opened(view).feed();
        window.begin(done ->
                reporters.tell(listener -> listener.progress(RunPhase.DRIVE, done, window.length(), feed.height())));
        long start = timeline.nanos();
        for (var workload : info.scenario().workloads()) {
            opened(crew)
                    .start(
                            workload.name(),
                            name -> workload.drive(
                                    gate.guard(RunContext.class, opened(view).of(name, replay, start))));
        }
    }

    void body(ThrowingBody action) throws Throwable {
        body.run(action);
    }

    /** Note a failure of the test outside of its body. */
    void fail(Throwable failure) {
        body.fail(failure);
    }

    /** Note a failure of the test before the run could start; it must not start then. */
    void giveUp(Throwable failure) {
        if (!outcome.isInfrastructure()) {
            outcome.body(failure);
            note(FailureText.isAbort(failure) ? ABORTED_BEFORE : FAILED_BEFORE, failure);
        }
    }

    boolean isGivenUp() {
        return outcome.body() != null;
    }

    /** Note a failure that neither ends the run window nor is the body's. */
    void addFailure(String what, Throwable failure) {
        if (outcome.add(failure)) {
            note(what, failure);
        }
    }

    private void note(String what, Throwable failure) {
        var opened = record;
        if (opened != null) {
            end.note(opened, what, failure);
        }
    }

    void attend(ThrowingBody action) throws Throwable {
        body.attend(action);
    }

    void track(ThrowingBody action) throws Throwable {
        body.track(action);
    }

    // ---- evaluate

    /** Drive to the end and judge; whatever goes wrong is in the result. */
    RunResult finish() {
        limits.endBody();
        try {
            if (!limits.isRemoved()) {
                limits.managed("the end of the drive and the evaluation", () -> {
                    endDrive();
                    if (!limits.isExceeded()) {
                        evaluate();
                    }
                    return true;
                });
            }
        } catch (Throwable t) {
            endPhase(RunPhase.DRIVE, FailureText.firstLine(t));
            endPhase(RunPhase.EVALUATE, FailureText.firstLine(t));
            infrastructure("the run could not be finished", t);
        }
        if (limits.isExceeded()) {
            outcome.contextOf("the run could not be finished", texts());
        }
        return report();
    }

    private void endDrive() throws InterruptedException {
        limits.bodyLeft();
        var left = window.left();
        if (!left.isNegative() && !left.isZero() && !drive.isCut()) {
            drive.over().await(drive::isCut, left);
        }
        window.end();
        drive.close();
        opened(crew).stop();
        opened(record).log().end(RunPhase.DRIVE, drive.cut());
    }

    private void evaluate() throws InterruptedException {
        opened(record).log().begin(RunPhase.EVALUATE);
        heal();
        var running = opened(cluster.running());
        if (outcome.body() == null && running.deployment().lost().isEmpty()) {
            timeline.sleep(info.scenario().cooldownTime());
        }
        running.feed().poll();
        watch.end();
        var journal = opened(record).journal();
        var judged = judge().evaluate(opened(guarded), watch, opened(control), journal, timeline::nanos);
        if (!limits.isExceeded()) {
            outcome.expectations(judged);
        }
        opened(record).log().end(RunPhase.EVALUATE, null);
    }

    private void heal() throws InterruptedException {
        var healing = opened(control);
        if (healing.needsHealing()) {
            try {
                healing.heal();
            } catch (RuntimeException e) {
                infrastructure("the faults could not be healed", e);
            }
        }
    }

    /** Compute the result as it is now, and tell the reporters. */
    RunResult report() {
        var opened = record;
        return opened == null ? result() : end.report(opened);
    }

    RunResult result() {
        var texts = texts();
        var workloads = crew == null ? List.<WorkloadThreads.Ended>of() : crew.results();
        var opened = record;
        var timings = opened == null ? List.<PhaseTiming>of() : opened.log().timings();
        var rest = new RunOutcome.Rest(cluster.systemUnderTest(), workloads, drive.cut(), timings, directory());
        return outcome.result(info, judge(), texts, rest);
    }

    // ---- cleanup

    /** Note that the run is cut off, and write down what there is of it; waits for nobody and ends nothing. */
    void cutOff(String reason) {
        var opened = record;
        if (opened == null || end.isOver()) {
            return;
        }
        Throwable failed = outcome.body();
        String why = failed == null ? reason : reason + "; the test body had failed: " + FailureText.firstLine(failed);
        opened.unfinished().because(why);
        opened.journal().append(new JournalEvent.Note(timeline.nanos(), "runner", "the run was cut off: " + why));
        infrastructure("the run was cut off", new DeploymentException(why, failed));
        drive.cut("the run was cut off: " + why);
        report();
    }

    /** End the record of a run that could not be cleaned up in time; waits for nobody. */
    void abort() {
        var opened = record;
        if (opened != null) {
            end.abort(opened);
        }
    }

    /** End whatever is under way, because the run is closed before it was finished. */
    void abandon() {
        drive.cut("the run was closed before it was finished");
        drive.interruptBody();
    }

    /** Clean up in order; every step is tried, and what goes wrong is part of the outcome. */
    void cleanUp(boolean owned, boolean finished) {
        var problems = new ArrayList<Throwable>();
        limits.armCleanup();
        if (record != null && !end.isOver()) {
            for (var phase : List.of(RunPhase.DEPLOY, RunPhase.CAPTURE, RunPhase.DRIVE, RunPhase.EVALUATE)) {
                endPhase(phase, "the run was closed");
            }
            opened(record).log().begin(RunPhase.CLEANUP);
        }
        if (view != null) {
            if (!limits.isRemoved()) {
                CleanupStep.attempt(
                        problems,
                        () -> timeline.call(() -> {
                            stopLoad();
                            return true;
                        }));
            }
            opened(view).close();
        }
        if (!finished) {
            report(); // the evidence is complete before anything is torn down
        }
        if (feedLink != null && !owned) {
            CleanupStep.attempt(problems, opened(feedLink)::close);
        }
        if (owned) {
            CleanupStep.attempt(problems, cluster::shutDown);
        }
        if (feedLink != null && owned) {
            CleanupStep.attempt(problems, opened(feedLink)::close);
        }
        String problem = problems.isEmpty() ? null : FailureText.firstLine(problems.get(0));
        endPhase(RunPhase.CLEANUP, problem);
        if (!problems.isEmpty()) {
            outcome.cleanup(texts().render("cleanup failed", FailureText.of(problems.get(0))), problems);
        }
    }

    private void stopLoad() throws InterruptedException {
        if (!window.isEnded()) {
            drive.cut("the run was closed");
            drive.interruptBody();
            drive.close();
            window.stopTicking();
            opened(crew).cancel();
        }
        opened(crew).stop(); // what the evaluation spawned, too
        watch.end();
        heal();
    }

    /** Nothing of the run is limited any more. */
    void endLimits() {
        limits.close();
    }

    /** End the journal and tell the reporters; the last thing of a run. */
    RunResult conclude(boolean owned) {
        var opened = record;
        return opened == null ? result() : end.conclude(opened, owned);
    }

    // ---- shared

    private Throwable infrastructure(String what, Throwable failure) {
        return outcome.infrastructure(what, failure, texts());
    }

    private void endPhase(RunPhase phase, @Nullable String problem) {
        if (record != null) {
            opened(record).log().end(phase, problem);
        }
    }

    private Judge judge() {
        return new Judge(info, texts(), outcome.body() != null);
    }

    private FailureText texts() {
        return new FailureText(
                info, cluster.systemUnderTest(), directory(), cluster.directory(), window.ran(drive.cut()));
    }

    private @Nullable Path directory() {
        var opened = record;
        return opened == null ? null : opened.directory();
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("this part of the run does not exist before the deploy");
        }
        return part;
    }
}
