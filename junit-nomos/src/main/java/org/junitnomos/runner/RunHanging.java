package org.junitnomos.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;

/** A run that may hang. */
final class RunHanging implements Hanging {
    private final RunInfo info;
    private final LiveCluster cluster;
    private final RunOutcome outcome;
    private final RunEnd end;
    private final Supplier<List<String>> load;

    /** Describes a run, with a text that says which workloads are under way, and where. */
    RunHanging(RunInfo info, LiveCluster cluster, RunOutcome outcome, RunEnd end, Supplier<List<String>> load) {
        this.info = info;
        this.cluster = cluster;
        this.outcome = outcome;
        this.end = end;
        this.load = load;
    }

    @Nullable
    Path directory() {
        return end.directory();
    }

    /** Says which workloads are under way, and where. */
    List<String> load() {
        return load.get();
    }

    /** Puts it on record that a deadline was exceeded, in journal and report. */
    void exceeded(String what, Duration limit, String text) {
        if (end.isOpen()) {
            long now = cluster.timeline().nanos();
            String why = text + "\nseed " + info.seed() + "\nreplay " + info.replayCommand(directory());
            end.unfinished(why, new JournalEvent.DeadlineExceeded(now, what, limit.toNanos()));
            end.report();
        }
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
    public LiveCluster cluster() {
        return cluster;
    }

    @Override
    public void problem(Throwable problem) {
        outcome.infrastructure(problem);
    }

    @Override
    public void last() {
        end.abort();
    }
}
