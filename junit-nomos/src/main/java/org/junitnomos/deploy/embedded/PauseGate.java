package org.junitnomos.deploy.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Signal;
import org.junitnomos.time.Timeline;

/** Holds back what comes in to a node while it is paused, as the buffers of its sockets would. Thread-safe. */
final class PauseGate {
    private final ReentrantLock lock;
    private final Timeline timeline;
    private final Signal opened;
    private final Deque<Runnable> arrivals = new ArrayDeque<>();
    private volatile boolean closed;

    PauseGate(ReentrantLock lock, Timeline timeline, String name) {
        this.lock = lock;
        this.timeline = timeline;
        this.opened = timeline.signal(name + " goes on");
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns what is raised when the node goes on or ends. */
    Signal opened() {
        return opened;
    }

    void close() {
        closed = true;
    }

    /** Lets something happen now, or wait; false if it waits. */
    boolean passes(Runnable arrival) {
        lock.lock();
        try {
            if (closed) {
                arrivals.add(arrival);
                return false;
            }
        } finally {
            lock.unlock();
        }
        arrival.run();
        return true;
    }

    /** Lets through what came in, one after the other, also what comes in meanwhile; then the gate is open. */
    void open() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            var next = arrivals.poll();
            closed = closed && next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits, because the node has ended. */
    void clear() {
        closed = false;
        arrivals.clear();
    }

    /** Wakes those who wait for an answer; with no lock held. */
    void tell() {
        if (timeline.isManaged()) {
            opened.raise();
        }
    }
}
