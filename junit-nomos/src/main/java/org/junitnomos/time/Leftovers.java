package org.junitnomos.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends threads and says which did not. */
final class Leftovers {

    private static final Duration GRACE = Duration.ofMillis(500);

    private Leftovers() {}

    /**
     * Interrupts every thread that is still alive and waits for it.
     *
     * @param limit the {@code System.nanoTime} until which to wait; at least half a second after the interrupts
     * @return a description of every thread, other than the current one, that is still alive
     */
    static List<String> endAll(List<Thread> threads, long limit) {
        Thread self = Thread.currentThread();
        List<Thread> alive =
                threads.stream().filter(t -> t != self && t.isAlive()).toList();
        long now = System.nanoTime();
        long end = now + Math.max(limit - now, GRACE.toNanos());
        alive.forEach(Thread::interrupt);
        List<String> stuck = new ArrayList<>();
        for (Thread thread : alive) {
            if (!endsBy(thread, end)) {
                stuck.add("thread '" + thread.getName() + "' at " + HeldStack.place(thread));
            }
        }
        return stuck;
    }

    private static boolean endsBy(Thread thread, long end) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Throws if anything is left: threads by name, failures as suppressed. */
    static void report(List<String> stuck, List<? extends Throwable> unseen) {
        if (stuck.isEmpty() && unseen.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        if (!stuck.isEmpty()) {
            parts.add(stuck.size() + " of its threads did not end although interrupted: " + String.join(", ", stuck));
        }
        if (!unseen.isEmpty()) {
            parts.add(unseen.size() + " failures that nobody looked at, the first: "
                    + unseen.get(0).getMessage());
        }
        TimelineException exception = new TimelineException("closed the timeline, but " + String.join("; and ", parts));
        unseen.forEach(exception::addSuppressed);
        throw exception;
    }
}
