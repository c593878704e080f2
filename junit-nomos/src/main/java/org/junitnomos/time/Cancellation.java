package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** The handle of a scheduled event. */
@API(status = INTERNAL, since = "0.1")
@FunctionalInterface
public interface Cancellation {

    /** Prevents all further runs of the event; one that is running goes on. Idempotent; any thread may call it. */
    void cancel();
}
