package org.junitnomos.time;

import org.jspecify.annotations.Nullable;

/** An entry of the {@link EventHeap}: runs an action, or ends the wait of a thread. */
final class TimedEvent implements Cancellation {

    final String name;
    final @Nullable Runnable action;
    final @Nullable ManagedThread wakes;
    final long period;
    private final @Nullable VirtualScheduler scheduler;

    long time;
    long sequence;

    /** The position in the heap; -1 outside of it. */
    int index = -1;

    /** Set by any thread; read by the one that is about to run the event. */
    volatile boolean canceled;

    /** Creates the timer of a thread. */
    TimedEvent(String name, ManagedThread wakes) {
        this.name = name;
        this.wakes = wakes;
        this.action = null;
        this.period = 0;
        this.scheduler = null;
    }

    /** Creates an event that runs once ({@code period} 0) or again and again. */
    TimedEvent(String name, Runnable action, long period, VirtualScheduler scheduler) {
        this.name = name;
        this.wakes = null;
        this.action = action;
        this.period = period;
        this.scheduler = scheduler;
    }

    @Override
    public void cancel() {
        canceled = true;
        if (scheduler != null) {
            scheduler.forget(this);
        }
    }
}
