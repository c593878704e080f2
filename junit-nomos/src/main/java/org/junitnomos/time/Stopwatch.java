package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** Measures how long something took in real time, for texts only: nothing may depend on it. */
@API(status = INTERNAL, since = "0.1")
public final class Stopwatch {

    private final long start = System.nanoTime();

    /** Begins to measure. */
    public Stopwatch() {}

    /** Returns the real time since the stopwatch was created, in nanoseconds. */
    public long nanos() {
        return System.nanoTime() - start;
    }
}
