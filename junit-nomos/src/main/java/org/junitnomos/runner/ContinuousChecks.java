package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;

/** Feeds the watchers of all expectations from the journal; the first violation is its result and cuts the run. */
final class ContinuousChecks {
    private final DriveState drive;
    private final List<Guard> guards = new ArrayList<>();
    private volatile boolean watching;

    ContinuousChecks(DriveState drive) {
        this.drive = drive;
    }

    private static final class Guard {
        private final String name;
        private final Expectation.Watcher watcher;
        private volatile @Nullable Throwable violation;

        Guard(String name, Expectation.Watcher watcher) {
            this.name = name;
            this.watcher = watcher;
        }
    }

    /** Creates one watcher an expectation and lets them hear everything from now on. */
    void begin(List<Expectation> expectations, Journal journal, RunContext run) {
        for (var expectation : expectations) {
            Guard guard;
            try {
                guard = new Guard(expectation.name(), expectation.watch(run));
            } catch (RuntimeException | AssertionError e) {
                guard = new Guard(expectation.name(), event -> {});
                guard.violation = e;
            }
            guards.add(guard);
        }
        watching = true;
        journal.subscribe(this::hear);
    }

    private void hear(JournalEvent event) {
        for (var guard : guards) {
            if (watching && guard.violation == null) {
                tell(guard, event);
            }
        }
    }

    private void tell(Guard guard, JournalEvent event) {
        try {
            guard.watcher.on(event);
        } catch (RuntimeException | AssertionError e) {
            guard.violation = e;
            drive.cut("expectation '" + guard.name + "' was violated");
        }
    }

    void end() {
        watching = false;
    }

    /** Returns what the watcher of the expectation of that name threw; null if nothing. */
    @Nullable
    Throwable violation(String expectation) {
        return guards.stream()
                .filter(guard -> guard.name.equals(expectation))
                .findFirst()
                .map(guard -> guard.violation)
                .orElse(null);
    }
}
