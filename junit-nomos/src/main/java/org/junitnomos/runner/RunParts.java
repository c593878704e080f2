package org.junitnomos.runner;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Timeline;

/** The parts that a run has from its first moment to its last, whether its cluster is deployed or not. */
final class RunParts {
    final RunInfo info;
    final @Nullable Replay replay;
    final LiveCluster cluster;
    final Timeline timeline;
    final Reporters reporters;
    final RunOutcome outcome = new RunOutcome();
    final Gate gate = new Gate();
    final DriveState drive;
    final Window window;
    final RunEnd end;
    final RunDeadlines limits;
    private volatile @Nullable WorkloadThreads load;

    RunParts(RunInfo info, LiveCluster cluster, List<RunReporter> reporters) {
        this.info = info;
        this.replay = Replay.of(info);
        String recorded = info.settings().replayOn();
        if (recorded != null) {
            ReplayOn.of(info, cluster.declaredSystem()).require(recorded);
        }
        this.cluster = cluster;
        this.timeline = cluster.timeline();
        this.reporters = new Reporters(info, reporters);
        this.drive = new DriveState(timeline);
        this.window = new Window(timeline, info.scenario().runWindow());
        this.end = new RunEnd(cluster, this.reporters, outcome, this::texts, this::result);
        var hanging = new RunHanging(info, cluster, outcome, end, this::underWay);
        this.limits = new RunDeadlines(info, timeline, drive, outcome, gate, hanging);
    }

    /** From now on there is load. */
    void driven(WorkloadThreads threads) {
        load = threads;
    }

    private List<String> underWay() {
        var threads = load;
        return threads == null ? List.of() : threads.underWay();
    }

    /** Computes the result as it is now. */
    RunResult result() {
        var threads = load;
        var ended = threads == null ? List.<WorkloadThreads.Ended>of() : threads.results();
        var rest = new RunOutcome.Rest(cluster.systemUnderTest(), ended, drive.cut(), end.timings(), end.directory());
        return outcome.result(info, judge(), texts(), rest);
    }

    /** Notes trouble of the harness with the context of the run; returns what to throw. */
    Throwable infrastructure(String what, Throwable failure) {
        return outcome.infrastructure(what, failure, texts());
    }

    Judge judge() {
        return new Judge(info, texts(), outcome.body() != null);
    }

    FailureText texts() {
        return new FailureText(
                info, cluster.systemUnderTest(), end.directory(), cluster.directory(), window.ran(drive.cut()));
    }
}
