package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;

/**
 * Waits in real time for something outside of every run, such as the end of a process. Runs wait on their
 * {@link Timeline} instead.
 *
 * <p>It needs no other class of this project, because the reaper uses it, whose class path may vanish under it.
 */
@API(status = INTERNAL, since = "0.1")
public final class Patience {

    private Patience() {}

    /**
     * Waits until {@code done} says so: it is asked at once, then once per period, and a last time at the limit.
     *
     * @param limit how long at most; zero or less asks once
     * @param period the pause between two questions, at least a millisecond
     * @return what {@code done} said last
     */
    public static boolean until(BooleanSupplier done, Duration limit, Duration period) throws InterruptedException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            long left = limit.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            Thread.sleep(Math.max(1, Math.min(period.toMillis(), left / 1_000_000)));
        }
        return true;
    }

    /**
     * Waits for as long as {@code goesOn} says so, without a limit.
     *
     * @param period the pause between two questions, at least a millisecond
     */
    public static void whileTrue(BooleanSupplier goesOn, Duration period) throws InterruptedException {
        while (goesOn.getAsBoolean()) {
            Thread.sleep(Math.max(1, period.toMillis()));
        }
    }
}
