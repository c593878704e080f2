package org.junitnomos.time;

import org.jspecify.annotations.Nullable;

/** An event in real time: handed to a worker when due, and scheduled again only after it ran. */
final class RealEvent implements Cancellation {

    private final RealTimeline timeline;
    private final String name;
    private final Runnable action;
    private final long period;
    private volatile boolean canceled;
    private volatile long due;
    private volatile @Nullable Runnable withdraw;

    RealEvent(RealTimeline timeline, String name, Runnable action, long period) {
        this.timeline = timeline;
        this.name = name;
        this.action = action;
        this.period = period;
    }

    void runAt(long time) {
        due = time;
        withdraw = timeline.at(time, this::run);
        if (canceled) {
            cancel();
        }
    }

    private void run() {
        if (canceled || timeline.isClosed()) {
            return;
        }
        try {
            action.run();
        } catch (Throwable t) {
            timeline.eventFailed(name, t);
            return; // a repeated event ends with its first failure
        }
        if (period > 0 && !canceled && !timeline.isClosed()) {
            try {
                runAt(Nanos.after(due, period));
            } catch (TimelineException closed) {
                canceled = true;
            }
        }
    }

    @Override
    public void cancel() {
        canceled = true;
        Runnable scheduled = withdraw;
        if (scheduled != null) {
            scheduled.run();
        }
    }
}
