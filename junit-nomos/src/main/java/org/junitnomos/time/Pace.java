package org.junitnomos.time;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How much longer work takes on this machine now than on one with two free processors, for which all limits of real
 * time are made. It says nothing of how fast the processors are: it is the load of this machine, and a share of it that
 * a container may have.
 *
 * @param factor 1 or more, at most 20
 * @param took how long two threads needed for {@link #WORK} of processor time each
 */
record Pace(double factor, Duration took) {
    /** More than a share of a processor that is handed out in periods gives at once. */
    static final Duration WORK = Duration.ofMillis(100);

    private static final int MOST = 20;
    /** What a free machine may need more than it should. */
    private static final double NOISE = 1.3;
    /** Waits that began together reach their limits together. */
    private static final Duration VALID = Duration.ofSeconds(20);

    private record Measured(Pace pace, long at) {}

    private static final AtomicReference<@Nullable Measured> LAST = new AtomicReference<>();

    public Pace {
        if (!(factor >= 1 && factor <= MOST)) {
            throw new IllegalArgumentException("the factor must be from 1 to " + MOST + ", but was " + factor);
        }
    }

    /**
     * Measures it, unless somebody just did. Takes 100 ms of two processors; on a busy machine up to 2 s.
     *
     * @return the pace of now; that of a free machine if this JVM does not tell processor times
     */
    public static synchronized Pace now() throws InterruptedException {
        var known = LAST.get();
        if (known == null || System.nanoTime() - known.at() > VALID.toNanos()) {
            known = new Measured(of(measure()), System.nanoTime());
            LAST.set(known);
        }
        return known.pace();
    }

    static Pace of(Duration took) {
        double factor = (double) took.toNanos() / WORK.toNanos();
        return new Pace(factor < NOISE ? 1 : Math.min(Math.round(factor * 10) / 10.0, MOST), took);
    }

    private static Duration measure() throws InterruptedException {
        var processor = ManagementFactory.getThreadMXBean();
        if (!processor.isThreadCpuTimeSupported() || !processor.isThreadCpuTimeEnabled()) {
            return WORK;
        }
        long start = System.nanoTime();
        var other = Threads.daemon("pace", () -> work(processor, start));
        other.start();
        work(processor, start);
        other.join();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void work(ThreadMXBean processor, long start) {
        long begin = processor.getCurrentThreadCpuTime();
        long longest = WORK.toNanos() * MOST;
        while (processor.getCurrentThreadCpuTime() - begin < WORK.toNanos() && System.nanoTime() - start < longest) {
            Thread.onSpinWait();
        }
    }

    /** Returns a limit for this machine from that for a free one, both in nanoseconds. */
    long scale(long limit) {
        double scaled = limit * factor;
        return scaled < Nanos.NEVER ? (long) scaled : Nanos.NEVER;
    }

    /** Says what was measured: {@code two threads needed 930 ms for 100 ms of processor time each}. */
    @Override
    public String toString() {
        return "two threads needed " + DurationText.format(Duration.ofMillis(took.toMillis())) + " for "
                + DurationText.format(WORK) + " of processor time each";
    }
}
