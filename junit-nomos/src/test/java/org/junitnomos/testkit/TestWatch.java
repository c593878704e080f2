package org.junitnomos.testkit;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.Threads;

/** Looks at the clock while one test runs, and interrupts its thread when the allowance is used up. */
final class TestWatch {
    private static final ScheduledExecutorService CLOCK =
            Executors.newScheduledThreadPool(4, Threads.factory("test-limit"));

    private final Thread thread;
    private final String name;
    private final Allowance allowance;
    private final long start = System.nanoTime();
    private boolean ended;
    private @Nullable TimeoutException late;

    TestWatch(Thread thread, String name, Allowance allowance) {
        this.thread = thread;
        this.name = name;
        this.allowance = allowance;
        look(allowance.nanos());
    }

    private void look(long in) {
        CLOCK.schedule((Runnable) this::look, Math.max(in, 1), TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            if (isEnded()) {
                return;
            }
            // Measures the pace, beside the test.
            if (allowance.isOver(System.nanoTime() - start)) {
                interrupt();
            } else {
                look(allowance.nanos() - (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void interrupt() {
        if (!ended) {
            late = new TimeoutException(name + " timed out after " + allowance);
            late.setStackTrace(thread.getStackTrace()); // where it is, not where the watch is
            thread.interrupt();
        }
    }

    /** Stop looking; return what to throw if the test took too long. */
    synchronized @Nullable TimeoutException end() {
        ended = true;
        if (late != null) {
            Thread.interrupted(); // it was for this test, not for the next one
        }
        return late;
    }
}
