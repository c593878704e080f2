package org.junitnomos.time;

import java.time.Duration;

/** Saturating arithmetic in nanoseconds, so that "forever" is an ordinary value. */
final class Nanos {

    /** A point in time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private Nanos() {}

    /** Converts a span; what does not fit (about 292 years) is the nearest value that does. */
    static long of(Duration span) {
        try {
            return span.toNanos();
        } catch (ArithmeticException e) {
            return span.isNegative() ? Long.MIN_VALUE : NEVER;
        }
    }

    /** Adds a span to a point in time; a negative span counts as zero, an overflow gives {@link #NEVER}. */
    static long after(long now, long span) {
        if (span <= 0) {
            return now;
        }
        long then = now + span;
        return then < 0 ? NEVER : then;
    }
}
