package org.junitnomos.devnode.program;

import java.time.Duration;
import java.time.Instant;

/**
 * Reads the clocks of the machine: the wall clock once, to know where the chain is, and from then on one that never
 * jumps. The only class of the dev node that does.
 */
final class SystemTime {
    private final long chainNanosAtZero;
    private final long zero;

    SystemTime(Instant chainStart) {
        this.chainNanosAtZero = Duration.between(chainStart, Instant.now()).toNanos();
        this.zero = System.nanoTime();
    }

    /** Returns nanoseconds since the start of the chain; negative before. */
    long nanos() {
        return chainNanosAtZero + System.nanoTime() - zero;
    }

    /** Returns the time of day, for the log. */
    Instant wallClock() {
        return Instant.now();
    }
}
