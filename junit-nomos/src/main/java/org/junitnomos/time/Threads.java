package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;

/** Makes the threads of this project: daemons whose names begin with {@code nomos-}. */
@API(status = INTERNAL, since = "0.1")
public final class Threads {

    private Threads() {}

    /** Creates, but does not start, the daemon thread {@code nomos-<name>}. */
    public static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, "nomos-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Creates a factory of daemon threads {@code nomos-<name>-1}, {@code nomos-<name>-2} and so on. */
    public static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return body -> daemon(name + "-" + number.incrementAndGet(), body);
    }

    /**
     * Runs something on a daemon thread of its own and waits for it, but not for ever; it goes on if it takes longer.
     *
     * @param limitMillis longest wait, in milliseconds of real time
     * @return whether it ended in time
     */
    public static boolean within(long limitMillis, String name, Runnable action) {
        Thread thread = daemon(name, action);
        thread.start();
        try {
            thread.join(limitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /**
     * Waits until all threads of a pool have ended that was shut down; when interrupted, too: they were told to end
     * already, and each ends what it began.
     */
    public static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says what a thread does, and where in user code: {@code "waits at FooTest.java:42 (thread 'main')"}. */
    public static String whereabouts(Thread thread) {
        String does = thread.getState() == Thread.State.RUNNABLE ? "runs" : "waits";
        return does + " at " + HeldStack.place(thread) + " (thread '" + thread.getName() + "')";
    }
}
