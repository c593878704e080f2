package org.junitnomos.runner;

import java.util.List;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.metrics.MetricsCollector;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.time.Timeline;

/** Does the phases of one run on its cluster, from when it is deployed. */
final class DeployedRun {
    private final RunParts parts;
    private final LiveCluster.Running running;
    private final PhaseLog log;
    private final Journal journal;
    private final Timeline timeline;
    private final ContinuousChecks watch;
    private final WorkloadThreads threads;
    private final JournalingControl control;
    private final MetricsCollector metrics;
    private final RunView view;
    private final RunContext guarded;
    private final AutoCloseable feedLink;

    DeployedRun(RunParts parts, LiveCluster.Running running, RunRecord record) {
        this.parts = parts;
        this.running = running;
        this.log = record.log();
        this.journal = record.journal();
        this.timeline = parts.timeline;
        this.watch = new ContinuousChecks(parts.drive);
        var info = parts.info;
        this.threads = new WorkloadThreads(
                timeline,
                journal,
                parts.drive,
                info.scenario().topology().consensus().slotDuration());
        parts.driven(threads);
        this.control = new JournalingControl(running.deployment().control(), journal, timeline::nanos);
        long seed = record.run() == 1 ? info.seed() : SeededRandoms.streamSeed(info.seed(), "run " + record.run());
        var randoms = new SeededRandoms(seed, parts.gate::check);
        this.view = new RunView(parts, running, record, threads, control, randoms);
        this.metrics = view.collector();
        this.feedLink = running.feed().attach(journal);
        this.guarded = parts.gate.guard(RunContext.class, view);
    }

    /** What expectations and the test see of the run. */
    RunContext context() {
        return guarded;
    }

    // ---- capture and drive

    void start() {
        try {
            parts.limits.managed("the capture of the baselines", () -> {
                tellShortage();
                tellPrometheus();
                capture();
                if (parts.outcome.isRefused()) {
                    return false;
                }
                beginDrive();
                return true;
            });
        } catch (Throwable t) {
            log.end(RunPhase.CAPTURE, FailureText.firstLine(t));
            throw Rethrow.unchecked(parts.infrastructure("the run could not start", t));
        }
        if (parts.outcome.isRefused()) {
            throw Rethrow.unchecked(parts.outcome.refusal(parts.judge()));
        }
    }

    /** What is known to be missing from the load is said now, not found out at the end. */
    private void tellShortage() {
        running.deployment()
                .genesis()
                .signer()
                .costOfProof()
                .flatMap(cost -> ProofBudget.shortage(
                        parts.info.scenario(), cost, Runtime.getRuntime().availableProcessors()))
                .ifPresent(text -> {
                    journal.append(new JournalEvent.Note(timeline.nanos(), "runner", text));
                    parts.reporters.tell(listener -> listener.notice(text));
                });
    }

    private void tellPrometheus() {
        running.metrics().address().ifPresent(address -> {
            String text = "the Prometheus of the run is at " + address;
            journal.append(new JournalEvent.Note(timeline.nanos(), "runner", text));
            parts.reporters.tell(listener -> listener.notice(text));
        });
    }

    private void capture() throws InterruptedException {
        log.begin(RunPhase.CAPTURE);
        var leftOut = Baselines.settle(guarded, journal, timeline::nanos, parts.outcome);
        leftOut.forEach(out -> parts.reporters.tell(
                listener -> listener.notice("left out: " + out.expectation() + ": " + out.reason())));
        var expectations = parts.outcome.judging(parts.info);
        watch.begin(expectations, journal, guarded);
        metrics.sample();
        Baselines.take(expectations, guarded, journal, timeline::nanos, parts.outcome);
        log.end(RunPhase.CAPTURE, parts.outcome.isRefused() ? "the cluster was refused" : null);
    }

    private void beginDrive() {
        log.begin(RunPhase.DRIVE);
        parts.drive.open();
        var window = parts.window;
        var feed = view.feed();
        window.begin(done -> parts.reporters.tell(
                listener -> listener.progress(RunPhase.DRIVE, done, window.length(), feed.height())));
        metrics.start();
        long start = timeline.nanos();
        for (var workload : parts.info.scenario().workloads()) {
            threads.start(
                    workload.name(),
                    name -> workload.drive(
                            parts.gate.guard(RunContext.class, view.of(workload.name(), name, parts.replay, start))));
        }
    }

    // ---- evaluate

    /** Drives to the end and judges; whatever goes wrong is in the result. */
    RunResult finish() {
        var limits = parts.limits;
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
            log.end(RunPhase.DRIVE, FailureText.firstLine(t));
            log.end(RunPhase.EVALUATE, FailureText.firstLine(t));
            parts.infrastructure("the run could not be finished", t);
        }
        if (limits.isExceeded()) {
            parts.outcome.contextOf("the run could not be finished", parts.texts());
        }
        return parts.end.report();
    }

    private void endDrive() throws InterruptedException {
        var drive = parts.drive;
        parts.limits.bodyLeft();
        var left = parts.window.left();
        if (!left.isNegative() && !left.isZero() && !drive.isCut()) {
            drive.over().await(drive::isCut, left);
        }
        parts.window.end();
        drive.close();
        threads.stop();
        sampleLast();
        log.end(RunPhase.DRIVE, drive.cut());
    }

    /** A cluster that was lost is not asked any more. */
    private void sampleLast() throws InterruptedException {
        metrics.stop();
        if (running.deployment().lost().isEmpty()) {
            metrics.sample();
        }
    }

    private void evaluate() throws InterruptedException {
        log.begin(RunPhase.EVALUATE);
        heal();
        if (parts.outcome.body() == null && running.deployment().lost().isEmpty() && !isIdle()) {
            timeline.sleep(parts.info.scenario().cooldownTime());
        }
        running.feed().poll();
        sampleLast();
        if (!timeline.isVirtual()) {
            PeerCount.take(running.deployment(), journal, timeline::nanos);
        }
        watch.end();
        var judged = parts.judge()
                .evaluate(guarded, parts.outcome.judging(parts.info), watch, control, journal, timeline::nanos);
        if (!parts.limits.isExceeded()) {
            parts.outcome.expectations(judged);
        }
        log.end(RunPhase.EVALUATE, null);
    }

    /** Whether nothing settles that anybody judges: then nobody waits for it on the clock of the wall. */
    private boolean isIdle() {
        var plan = parts.info.scenario();
        return !timeline.isVirtual()
                && plan.cooldown() == null
                && plan.selection().expectations().isEmpty()
                && plan.workloads().isEmpty()
                && journal.events(JournalEvent.FaultRequested.class).isEmpty();
    }

    private void heal() throws InterruptedException {
        if (control.needsHealing()) {
            try {
                control.heal();
            } catch (RuntimeException e) {
                parts.infrastructure("the faults could not be healed", e);
            }
        }
    }

    // ---- cleanup

    /** Stops load and faults, and refuses whoever asks for the cluster from now on. */
    void stop(List<Throwable> problems) {
        if (!parts.limits.isRemoved()) {
            CleanupStep.attempt(
                    problems,
                    () -> timeline.call(() -> {
                        stopLoad();
                        return true;
                    }));
        }
        view.close();
    }

    private void stopLoad() throws InterruptedException {
        if (!parts.window.isEnded()) {
            parts.drive.cut("the run was closed");
            parts.drive.interruptBody();
            parts.drive.close();
            parts.window.stopTicking();
            threads.cancel();
        }
        metrics.stop();
        threads.stop(); // what the evaluation spawned, too
        watch.end();
        heal();
    }

    /** Records no more of what the feed sees. */
    void leaveFeed() throws Exception {
        try (feedLink) {
            view.leaveFeed();
        }
    }
}
