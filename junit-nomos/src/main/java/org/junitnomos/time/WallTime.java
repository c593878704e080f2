package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apiguardian.api.API;

/** Tells the time of day, for logs and reports only: nothing may depend on it. */
@API(status = INTERNAL, since = "0.1")
public final class WallTime {

    private WallTime() {}

    /** Tells the time of day, to find the lines of a log that belong to a moment of a run. */
    public static Instant now() {
        return Instant.now();
    }

    /** Writes the time of day in UTC, in seconds: {@code 2026-01-31T23:59:59Z}. */
    public static String text() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
