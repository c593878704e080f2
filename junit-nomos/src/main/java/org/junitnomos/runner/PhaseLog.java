package org.junitnomos.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.time.Stopwatch;

/** Records when phases begin and end: in the journal, for reporters, and as timings of the result. */
final class PhaseLog {

    private record Begun(Stopwatch wall, long protocol) {}

    private final Journal journal;
    private final Reporters reporters;
    private final LongSupplier nanos;
    private final Map<RunPhase, Begun> begun = new EnumMap<>(RunPhase.class);
    private final List<PhaseTiming> timings = new ArrayList<>();

    PhaseLog(Journal journal, Reporters reporters, LongSupplier nanos) {
        this.journal = journal;
        this.reporters = reporters;
        this.nanos = nanos;
    }

    void begin(RunPhase phase) {
        long now = nanos.getAsLong();
        synchronized (begun) {
            begun.put(phase, new Begun(new Stopwatch(), now));
        }
        journal.append(new JournalEvent.PhaseStarted(now, phase));
        reporters.tell(listener -> listener.phaseStarted(phase));
    }

    /** Ends a phase; does nothing if it is not under way. */
    void end(RunPhase phase, @Nullable String problem) {
        long now = nanos.getAsLong();
        PhaseTiming timing;
        synchronized (begun) {
            Begun start = begun.remove(phase);
            if (start == null) {
                return;
            }
            timing = new PhaseTiming(
                    phase,
                    Duration.ofNanos(start.wall().nanos()),
                    Duration.ofNanos(Math.max(0, now - start.protocol())),
                    problem);
            timings.add(timing);
        }
        journal.append(new JournalEvent.PhaseEnded(now, phase, problem));
        reporters.tell(listener -> listener.phaseEnded(timing));
    }

    List<PhaseTiming> timings() {
        synchronized (begun) {
            return List.copyOf(timings);
        }
    }
}
