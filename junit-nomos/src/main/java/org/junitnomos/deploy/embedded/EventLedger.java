package org.junitnomos.deploy.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.time.Cancellation;
import org.junitnomos.time.Timeline;

/** Knows every event of one deployment that is still to come, so that none outlives it. Thread-safe. */
final class EventLedger {
    private final Timeline timeline;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private long next;
    private boolean closed;

    EventLedger(Timeline timeline) {
        this.timeline = timeline;
    }

    private static final class Entry {
        private final String name;
        private Cancellation cancellation = () -> {};
        private boolean running;

        Entry(String name) {
            this.name = name;
        }
    }

    /** Schedules an event; after {@link #cancelAll()} it is dropped, as the network drops what comes too late. */
    Cancellation schedule(long delayNanos, String name, Runnable event) {
        long id;
        var entry = new Entry(name);
        synchronized (entries) {
            if (closed) {
                return () -> {};
            }
            id = next++;
            entries.put(id, entry);
            // Inside the lock, so that the event cannot end before it has its cancellation.
            entry.cancellation = timeline.schedule(Duration.ofNanos(delayNanos), name, () -> run(id, event));
        }
        return () -> cancel(id);
    }

    private void run(long id, Runnable event) {
        synchronized (entries) {
            var entry = entries.get(id);
            if (entry == null) {
                return;
            }
            entry.running = true;
        }
        try {
            event.run();
        } finally {
            synchronized (entries) {
                entries.remove(id);
            }
        }
    }

    private void cancel(long id) {
        synchronized (entries) {
            var entry = entries.get(id);
            if (entry != null && !entry.running) {
                entries.remove(id);
                entry.cancellation.cancel();
            }
        }
    }

    /** Cancels everything and takes no more; what is running just now goes on to its end. */
    void cancelAll() {
        List<Long> ids;
        synchronized (entries) {
            closed = true;
            ids = new ArrayList<>(entries.keySet());
        }
        ids.forEach(this::cancel);
    }

    /** Names the events that have not ended. */
    List<String> open() {
        synchronized (entries) {
            return entries.values().stream().map(entry -> entry.name).toList();
        }
    }
}
