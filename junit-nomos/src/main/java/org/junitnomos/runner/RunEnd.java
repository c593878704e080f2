package org.junitnomos.runner;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;

/**
 * Writes down what became of a run, and sees to it that report, journal, evidence and cluster agree on the verdict.
 * Until the record of the run is opened there is nothing to write to: then it only tells the result.
 */
final class RunEnd {
    private final LiveCluster cluster;
    private final Reporters reporters;
    private final RunOutcome outcome;
    private final Supplier<FailureText> texts;
    private final Supplier<RunResult> result;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable RunRecord record;
    private @Nullable RunResult written;

    RunEnd(
            LiveCluster cluster,
            Reporters reporters,
            RunOutcome outcome,
            Supplier<FailureText> texts,
            Supplier<RunResult> result) {
        this.cluster = cluster;
        this.reporters = reporters;
        this.outcome = outcome;
        this.texts = texts;
        this.result = result;
    }

    void opened(RunRecord opened) {
        record = opened;
    }

    private Optional<RunRecord> record() {
        return Optional.ofNullable(record);
    }

    /** The record while it can be written to: opened, and not closed again. */
    private Optional<RunRecord> open() {
        return record().filter(opened -> !over.get());
    }

    boolean isOpen() {
        return open().isPresent();
    }

    /** Returns the directory of the run; null if there is none yet. */
    @Nullable
    Path directory() {
        return record().map(RunRecord::directory).orElse(null);
    }

    List<JournalEvent> events() {
        return record().map(opened -> opened.journal().events()).orElse(List.of());
    }

    List<PhaseTiming> timings() {
        return record().map(opened -> opened.log().timings()).orElse(List.of());
    }

    /** Puts on record what the test failed with, unless the record is closed. */
    void note(String what, Throwable failure) {
        String text = what + ": " + FailureText.firstLine(failure);
        open().ifPresent(opened ->
                opened.journal().append(new JournalEvent.Note(cluster.timeline().nanos(), "runner", text)));
    }

    /** Puts on record why the run may never be finished, unless the record is closed. */
    void unfinished(String why, JournalEvent event) {
        open().ifPresent(opened -> {
            opened.unfinished().because(why);
            opened.journal().append(event);
        });
    }

    void beginCleanup() {
        open().ifPresent(opened -> {
            for (var phase : List.of(RunPhase.DEPLOY, RunPhase.CAPTURE, RunPhase.DRIVE, RunPhase.EVALUATE)) {
                opened.log().end(phase, "the run was closed");
            }
            opened.log().begin(RunPhase.CLEANUP);
        });
    }

    void endCleanup(@Nullable String problem) {
        record().ifPresent(opened -> opened.log().end(RunPhase.CLEANUP, problem));
    }

    /** Tells the reporters what there is so far; returns the result, which may have got worse by that. */
    RunResult report() {
        record().ifPresent(opened -> {
            var now = result.get();
            reporters.tell(listener -> listener.evaluated(now, opened.journal()));
            checkEvidence(opened);
        });
        return result.get();
    }

    private void checkEvidence(RunRecord opened) {
        var missing = Evidence.missing(opened.directory(), opened.journal(), reporters);
        if (missing != null) {
            outcome.evidence(missing, texts.get());
        }
    }

    /** Writes what is kept, for the verdict as it is now; what cannot be written makes it worse. */
    void write(boolean owned) {
        open().ifPresent(opened -> write(opened, owned));
    }

    private synchronized void write(RunRecord opened, boolean owned) {
        var problems = new ArrayList<Throwable>();
        if (owned) {
            CleanupStep.attempt(problems, cluster::copyLogs);
        }
        problems.forEach(problem -> outcome.evidence(told(problem, opened), texts.get()));
        var now = result.get();
        reporters.tell(listener -> listener.closing(now, opened.journal()));
        checkEvidence(opened);
        written = now;
    }

    /** Says whether what is written tells of every failure. */
    private synchronized boolean isWritten(RunResult now) {
        var last = written;
        return last != null
                && last.verdict() == now.verdict()
                && last.failures().equals(now.failures());
    }

    /** Ends report and journal with the last verdict, and gives the cluster back; once. */
    RunResult conclude(boolean owned) {
        var opened = record;
        return opened == null || !over.compareAndSet(false, true) ? result.get() : conclude(opened, owned);
    }

    private RunResult conclude(RunRecord opened, boolean owned) {
        if (!isWritten(result.get())) {
            write(opened, owned);
        }
        appendEnd(opened);
        CleanupStep.attempt(new ArrayList<>(), opened.journal()::close);
        checkEvidence(opened); // the last event may have been one too many
        var last = result.get();
        opened.unfinished().end();
        cluster.endRun(last.verdict() == Verdict.PASSED);
        if (last.verdict() != Verdict.PASSED && last.info().settings().zip()) {
            EvidenceZip.write(opened.directory(), cluster.directory());
        }
        if (owned) {
            cluster.close();
        }
        reporters.tell(listener -> listener.ended(last, opened.journal()));
        return last;
    }

    private static Throwable told(Throwable problem, RunRecord opened) {
        return problem instanceof UncheckedIOException unwritten
                ? Evidence.unwritten(unwritten, opened.directory())
                : problem;
    }

    private void appendEnd(RunRecord opened) {
        opened.journal()
                .append(new JournalEvent.RunEnded(
                        cluster.timeline().nanos(), result.get().verdict()));
    }

    /** Ends the record of a run that could not be cleaned up in time; waits for nobody. */
    void abort() {
        var opened = record;
        if (opened != null && over.compareAndSet(false, true)) {
            for (var phase : RunPhase.values()) {
                opened.log().end(phase, "the run was cut off");
            }
            appendEnd(opened);
            CleanupStep.attempt(new ArrayList<>(), opened.journal()::close); // the JVM ends: nobody is left to hear it
            var last = result.get();
            reporters.tell(listener -> listener.ended(last, opened.journal()));
        }
    }
}
