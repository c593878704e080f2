package org.junitnomos.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.time.VirtualTimeline;

/** A run that may hang. */
final class RunHanging implements Hanging {
    private final RunInfo info;
    private final LiveCluster cluster;
    private final RunOutcome outcome;
    private final Runnable report;
    private final Runnable end;
    private volatile @Nullable RunRecord record;
    private volatile @Nullable WorkloadThreads crew;

    /**
     * Describe a run.
     *
     * @param report writes the report as it is now
     * @param end ends journal and report
     */
    RunHanging(RunInfo info, LiveCluster cluster, RunOutcome outcome, Runnable report, Runnable end) {
        this.info = info;
        this.cluster = cluster;
        this.outcome = outcome;
        this.report = report;
        this.end = end;
    }

    void opened(RunRecord opened) {
        record = opened;
    }

    void driven(WorkloadThreads load) {
        crew = load;
    }

    @Nullable
    Path directory() {
        var opened = record;
        return opened == null ? null : opened.directory();
    }

    /** Say which workloads are under way, and where. */
    List<String> load() {
        var load = crew;
        return load == null ? List.of() : load.underWay();
    }

    /** Put it on record that a deadline was exceeded, in journal and report. */
    void exceeded(String what, Duration limit, String text) {
        var opened = record;
        if (opened == null) {
            return;
        }
        long now = cluster.timeline().nanos();
        opened.unfinished().because(text + "\nseed " + info.seed() + "\nreplay " + info.replayCommand(directory()));
        opened.journal().append(new JournalEvent.DeadlineExceeded(now, what, limit.toNanos()));
        report.run();
    }

    @Override
    public String name() {
        String scenario = "scenario '" + info.scenario().name() + "'";
        return info.test() == null ? scenario : "test " + info.test() + " (" + scenario + ")";
    }

    @Override
    public List<String> where() {
        var lines = new ArrayList<String>();
        load().forEach(each -> lines.add("under way: " + each));
        lines.add("seed: " + info.seed());
        lines.add("evidence: " + directory() + " (" + RunResult.REPORT + ", " + RunResult.JOURNAL + ", " + Deadline.DUMP
                + ")");
        lines.add("replay: " + info.replayCommand(directory()));
        return lines;
    }

    @Override
    public void stop(String text) {
        if (cluster.timeline() instanceof VirtualTimeline virtual) {
            virtual.stop(text);
        }
    }

    @Override
    public List<CleanupStep> removal() {
        return cluster.removal();
    }

    @Override
    public void problem(Throwable problem) {
        outcome.infrastructure(problem);
    }

    @Override
    public void last() {
        end.run();
    }
}
