package org.junitnomos.runner;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Signal;
import org.junitnomos.time.Timeline;

/**
 * The state of the drive phase: whether the run window is open, why it was cut, and which threads it interrupts then.
 *
 * <p>In virtual time threads hear of a cut from the clock they wait on, in the one order of the timeline; in real time
 * the thread of the body is interrupted as well, wherever it waits.
 */
final class DriveState {
    private final Object lock = new Object();
    private final Timeline timeline;
    private final Signal over;
    private final Set<Thread> driven = ConcurrentHashMap.newKeySet();
    private volatile boolean open;
    private volatile @Nullable String cut;
    private @Nullable Thread body;
    private boolean bodyInterrupted;

    DriveState(Timeline timeline) {
        this.timeline = timeline;
        this.over = timeline.signal("end of the run window");
    }

    void open() {
        open = cut == null;
    }

    void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    boolean isCut() {
        return cut != null;
    }

    @Nullable
    String cut() {
        return cut;
    }

    Signal over() {
        return over;
    }

    /** Ends the run window early; the first reason stays. Any thread. */
    void cut(String reason) {
        synchronized (lock) {
            if (cut != null) {
                return;
            }
            cut = reason;
            open = false;
            if (!timeline.isVirtual()) {
                interruptBody();
            }
        }
        if (timeline.isManaged()) {
            over.raise();
        }
    }

    /** Interrupts the body, if it runs on another thread. */
    void interruptBody() {
        synchronized (lock) {
            if (body != null && body != Thread.currentThread()) {
                bodyInterrupted = true;
                body.interrupt();
            }
        }
    }

    boolean isBodyRunning() {
        synchronized (lock) {
            return body != null;
        }
    }

    void enterBody() {
        synchronized (lock) {
            body = Thread.currentThread();
        }
        driven.add(Thread.currentThread());
    }

    /** Leaves the body; an interrupt that this object sent is taken back. */
    void leaveBody() {
        driven.remove(Thread.currentThread());
        synchronized (lock) {
            body = null;
            if (bodyInterrupted) {
                bodyInterrupted = false;
                Thread.interrupted();
            }
        }
    }

    void enterLoad() {
        driven.add(Thread.currentThread());
    }

    void leaveLoad() {
        driven.remove(Thread.currentThread());
    }

    /** Whether the current thread belongs to the drive phase, so that a cut ends its waits. */
    boolean drivesThisThread() {
        return driven.contains(Thread.currentThread());
    }
}
