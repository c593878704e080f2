package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;

/**
 * A condition variable on a {@link Timeline}: change the state first, then {@link #raise()}.
 *
 * <p>A signal has no memory: a raise that nobody waits for is gone. Use the form with a condition whenever there is
 * state to look at.
 */
@API(status = INTERNAL, since = "0.1")
public interface Signal {

    /** Returns the name given at creation. */
    String name();

    /** Wakes all waiters, in the order they began to wait. */
    void raise();

    /**
     * Waits for the next raise.
     *
     * @param timeout how long at most; zero or less returns at once, {@link Timeline#FOREVER} waits without limit
     * @return whether the signal was raised before the timeout
     * @throws InterruptedException if the thread is interrupted or its task canceled
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Waits until a condition holds; it is checked at once, after every raise and a last time at the timeout.
     *
     * @param until the condition; in virtual time it may be evaluated on another managed thread and must not block
     * @param timeout how long at most; zero or less only checks, {@link Timeline#FOREVER} waits without limit
     * @return whether the condition held
     * @throws InterruptedException if the thread is interrupted or its task canceled
     */
    boolean await(BooleanSupplier until, Duration timeout) throws InterruptedException;
}
