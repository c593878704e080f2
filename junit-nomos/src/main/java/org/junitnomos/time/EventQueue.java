package org.junitnomos.time;

import org.jspecify.annotations.Nullable;

/**
 * Protocol time, the events to come, and the code that runs inline between the turns of threads. Belongs to the holder
 * of the {@link Baton}, except {@link #now()}.
 */
final class EventQueue {

    private final EventHeap heap = new EventHeap();
    private volatile long now;
    private long sequence;
    private @Nullable String inline;
    private int depthBefore;

    /** Returns the protocol time; any thread. */
    long now() {
        return now;
    }

    /** Queues an event for its time, behind everything queued for the same time; one that never comes is dropped. */
    void add(TimedEvent event) {
        if (event.time != Nanos.NEVER) {
            event.sequence = ++sequence;
            heap.add(event);
        }
    }

    void remove(TimedEvent event) {
        heap.remove(event);
    }

    void clear() {
        heap.clear();
    }

    /** Takes the earliest event that was not canceled and moves time there; null if there is none. */
    @Nullable
    TimedEvent next() {
        TimedEvent event = heap.poll();
        while (event != null && event.canceled) {
            event = heap.poll();
        }
        if (event != null && event.time > now) {
            now = event.time;
        }
        return event;
    }

    /** Runs the action of an event on the thread {@code me}; what it throws is returned. */
    @Nullable
    EventFailedException run(ManagedThread me, TimedEvent event, Runnable action) {
        beginInline(me, event.name);
        try {
            action.run();
        } catch (Throwable t) {
            return new EventFailedException(event.name, now, t); // a repeated event ends with its first failure
        } finally {
            endInline();
        }
        if (event.period > 0 && !event.canceled) {
            event.time = Nanos.after(event.time, event.period);
            add(event);
        }
        return null;
    }

    /** From here on code runs that must not wait. */
    void beginInline(ManagedThread me, String name) {
        inline = name;
        depthBefore = me.depth;
    }

    void endInline() {
        inline = null;
    }

    /** Returns the name of the inline code that runs, or null. */
    @Nullable
    String inline() {
        return inline;
    }

    /** Returns how deep the thread was inside before the code that runs now. */
    int depthBefore() {
        return inline == null ? 0 : depthBefore;
    }
}
