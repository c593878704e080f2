package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/** A managed thread started with {@link Timeline#spawn}. */
@API(status = INTERNAL, since = "0.1")
public interface Task {

    /** Returns the name given to {@link Timeline#spawn}. */
    String name();

    /**
     * Waits until the task ended, well or not; look at {@link #failure()} afterwards.
     *
     * @param timeout how much protocol time at most; {@link Timeline#FOREVER} waits without limit
     * @return whether the task ended
     * @throws InterruptedException if the calling thread is interrupted or its own task canceled
     */
    boolean join(Duration timeout) throws InterruptedException;

    /**
     * Interrupts the task: its current or next wait throws {@link InterruptedException}; a task that has not begun
     * never runs. Does not wait. Idempotent; any thread may call it.
     */
    void cancel();

    /** Says whether the task ended. */
    boolean isDone();

    /**
     * Returns what the body threw; empty while it runs, when it ended well, and when it was canceled and answered
     * with {@link InterruptedException}. A failure that nobody asks for is reported by {@link Timeline#close()}.
     */
    Optional<Throwable> failure();
}
