package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** An event of a {@link Timeline} threw; the cause is what it threw. */
@API(status = INTERNAL, since = "0.1")
public final class EventFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String event;
    private final long nanos;

    EventFailedException(String event, long nanos, Throwable cause) {
        super("event '" + event + "' failed at " + DurationText.ofNanos(nanos) + " of protocol time: " + cause, cause);
        this.event = event;
        this.nanos = nanos;
    }

    /** Returns the name of the event. */
    public String event() {
        return event;
    }

    /** Returns the protocol time of the event, in nanoseconds since the timeline began. */
    public long nanos() {
        return nanos;
    }
}
