package org.junitnomos.runner;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.scenario.FaultPlan;

/** The decisions of one workload, on record in the journal of the run. */
final class JournaledFaultPlan implements FaultPlan {
    private final String workload;
    private final @Nullable Replay replay;
    private final Journal journal;
    private final LongSupplier nanos;
    private final long driveStart;

    JournaledFaultPlan(String workload, @Nullable Replay replay, Journal journal, LongSupplier nanos, long driveStart) {
        this.workload = workload;
        this.replay = replay;
        this.journal = journal;
        this.nanos = nanos;
        this.driveStart = driveStart;
    }

    @Override
    public String workload() {
        return workload;
    }

    @Override
    public boolean isReplay() {
        return replay != null;
    }

    @Override
    public List<FaultPlanned> recorded() {
        return replay == null ? List.of() : replay.decisionsOf(workload);
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - driveStart);
    }

    @Override
    public void decide(Duration offset, String kind, List<String> targets, Duration duration) {
        long now = nanos.getAsLong();
        long drift = now - driveStart - offset.toNanos();
        journal.append(new FaultPlanned(now, workload, offset.toNanos(), drift, kind, targets, duration.toNanos()));
    }
}
