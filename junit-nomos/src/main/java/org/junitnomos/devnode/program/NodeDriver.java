package org.junitnomos.devnode.program;

import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.NodeCore;

/**
 * Drives a core in real time: one thread calls it, with ticks when they are due and with whatever others hand over, in
 * order of time.
 */
final class NodeDriver {
    private final SystemTime time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long order;
    private boolean stopped;

    /** Does something with the core. */
    interface Call<R> {
        R run(NodeCore core, long now);
    }

    private record Event(long due, long order, Consumer<Long> action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    NodeDriver(SystemTime time) {
        this.time = time;
    }

    /** Drives the core until {@link #stop}; an error of the core goes to the caller. */
    void run(NodeCore core) {
        core.start(time.nanos());
        while (true) {
            long now = time.nanos();
            long tickAt = core.nextTick(now);
            Event event = take(tickAt);
            if (event != null) {
                event.action.accept(time.nanos());
            } else if (isStopped()) {
                core.stop();
                return;
            } else {
                core.tick(time.nanos());
            }
        }
    }

    /** Waits for the next event; null if it is time for a tick or the end. */
    private @Nullable Event take(long tickAt) {
        lock.lock();
        try {
            while (!stopped) {
                Event next = events.peek();
                long due = next == null ? tickAt : Math.min(tickAt, next.due);
                long wait = due - time.nanos();
                if (wait <= 0) {
                    return next != null && next.due <= tickAt ? events.poll() : null;
                }
                changed.awaitNanos(wait);
            }
            return null;
        } catch (InterruptedException nobodyInterruptsThisThread) {
            stopped = true;
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Does something on the driving thread at a time of the chain; false if the driver is stopped. */
    boolean at(long due, Runnable action) {
        return add(due, now -> action.run());
    }

    private boolean add(long due, Consumer<Long> action) {
        lock.lock();
        try {
            if (stopped) {
                return false;
            }
            events.add(new Event(due, order++, action));
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Calls the core as soon as possible; the future fails if the driver is stopped. */
    <R> CompletableFuture<R> call(NodeCore core, Call<R> call) {
        CompletableFuture<R> result = new CompletableFuture<>();
        boolean taken = add(time.nanos(), now -> {
            try {
                result.complete(call.run(core, now));
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        if (!taken) {
            result.completeExceptionally(new IllegalStateException("The node is stopped."));
        }
        return result;
    }

    long nanos() {
        return time.nanos();
    }

    /** Lets {@link #run} stop the core and return. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            events.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
