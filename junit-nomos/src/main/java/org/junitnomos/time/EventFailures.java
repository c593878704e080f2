package org.junitnomos.time;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures of events on their way to somebody who is told. Thread-safe. */
final class EventFailures {

    private static final int MOST = 100;

    private final List<EventFailedException> pending = new ArrayList<>();
    private @Nullable EventFailureHandler handler;

    synchronized void setHandler(EventFailureHandler newHandler) {
        handler = newHandler;
    }

    /** Tells the handler; if there is none, or it throws, keeps the failure and returns false. */
    boolean report(EventFailedException failure) {
        EventFailureHandler told;
        synchronized (this) {
            told = handler;
        }
        if (told != null) {
            try {
                told.eventFailed(failure);
                return true;
            } catch (RuntimeException | Error e) {
                failure.addSuppressed(e);
            }
        }
        synchronized (this) {
            if (pending.size() < MOST) {
                pending.add(failure);
            }
        }
        return false;
    }

    synchronized boolean isPending() {
        return !pending.isEmpty();
    }

    /** Takes the first pending failure with all others suppressed, or null. */
    synchronized @Nullable EventFailedException take() {
        if (pending.isEmpty()) {
            return null;
        }
        EventFailedException first = pending.remove(0);
        pending.forEach(first::addSuppressed);
        pending.clear();
        return first;
    }

    /** Takes the pending failures, of which there must be one. */
    EventFailedException takeNow() {
        EventFailedException failure = take();
        if (failure == null) {
            throw new IllegalStateException("no event failed");
        }
        return failure;
    }
}
