package org.junitnomos.deploy;

import org.junitnomos.internal.Signal;
import org.junitnomos.internal.Timeline;

/**
 * Let one thread at a time act, and the others wait on the timeline. An ordinary lock would stop a virtual timeline,
 * because its holder may wait for time to pass.
 */
final class TurnLock {
    private final Signal released;
    private boolean taken;

    TurnLock(Timeline timeline, String name) {
        this.released = timeline.signal(name);
    }

    void acquire() throws InterruptedException {
        while (!tryAcquire()) {
            released.await(this::isFree, Timeline.FOREVER);
        }
    }

    private synchronized boolean tryAcquire() {
        boolean free = !taken;
        taken = true;
        return free;
    }

    private synchronized boolean isFree() {
        return !taken;
    }

    void release() {
        synchronized (this) {
            taken = false;
        }
        released.raise();
    }
}
