package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * A {@link Timeline} cannot go on or was used wrongly: deadlock, real-time limit exceeded, stopped by a thread that
 * waits outside of it, closed, or called by a foreign thread. The message tells which and what to do.
 */
@API(status = INTERNAL, since = "0.1")
public final class TimelineException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TimelineException(String message) {
        super(message);
    }

    /** Tells what ended a wait that only says that it was interrupted. */
    public TimelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
