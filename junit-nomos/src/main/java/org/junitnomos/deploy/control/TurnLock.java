package org.junitnomos.deploy.control;

import org.junitnomos.time.Signal;
import org.junitnomos.time.Timeline;

/**
 * Lets one thread at a time act, and the others wait on the timeline; those in a hurry come before all others. An
 * ordinary lock would stop a virtual timeline, because its holder may wait for time to pass.
 */
final class TurnLock {
    private final Signal released;
    private boolean taken;
    private int inAHurry;

    TurnLock(Timeline timeline, String name) {
        this.released = timeline.signal(name);
    }

    void acquire() throws InterruptedException {
        while (!tryAcquire(false)) {
            released.await(() -> isFree(false), Timeline.FOREVER);
        }
    }

    /** Acquires before everybody who waits without being in a hurry. */
    void acquireFirst() throws InterruptedException {
        hurry(1);
        try {
            while (!tryAcquire(true)) {
                released.await(() -> isFree(true), Timeline.FOREVER);
            }
        } finally {
            hurry(-1);
        }
    }

    private synchronized void hurry(int more) {
        inAHurry += more;
    }

    private synchronized boolean tryAcquire(boolean first) {
        boolean free = isFree(first);
        taken |= free;
        return free;
    }

    private synchronized boolean isFree(boolean first) {
        return !taken && (first || inAHurry == 0);
    }

    void release() {
        synchronized (this) {
            taken = false;
        }
        released.raise();
    }
}
