package org.junitnomos.deploy.relay;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.deploy.control.LinkRelay.Traffic;
import org.junitnomos.topology.LinkSpec;

/**
 * One direction of a link: when what is sent at some time arrives, if it does. All times are nanoseconds of one clock.
 * Thread-safe.
 */
final class Direction {
    /** Does not arrive. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int PER_MILLE = 1_000;
    private static final long SECOND = 1_000_000_000L;

    /** What would wait for longer than this for the bandwidth is dropped, as a full buffer of a router does. */
    private static final long LONGEST_QUEUE = 5 * SECOND;

    private final Random chance;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private boolean up;
    private LinkSpec quality = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);
    private long free;
    private long lastDue;
    private boolean isUsed;

    /** Begins cut. */
    Direction(Random chance) {
        this.chance = chance;
    }

    synchronized void set(boolean isUp, LinkSpec spec) {
        up = isUp;
        quality = spec;
    }

    /**
     * Takes a datagram.
     *
     * @param now when it is sent
     * @param bytes its length
     * @return when it arrives; {@link #NEVER} if it does not, which is counted
     */
    synchronized long take(long now, int bytes) {
        if (!up) {
            cut.incrementAndGet();
            return NEVER;
        }
        if (chance.nextInt(PER_MILLE) < quality.lossPerMille()) {
            lost.incrementAndGet();
            return NEVER;
        }
        long sent = now;
        if (quality.bandwidth() > 0) {
            long begin = isUsed ? Math.max(now, free) : now;
            if (begin - now > LONGEST_QUEUE) {
                lost.incrementAndGet();
                return NEVER;
            }
            sent = begin + (long) ((double) bytes * SECOND / quality.bandwidth());
            free = sent;
        }
        long jitter = quality.jitter().toNanos();
        long due = sent + quality.latency().toNanos() + (jitter > 0 ? (long) (chance.nextDouble() * jitter) : 0);
        lastDue = isUsed ? Math.max(lastDue, due) : due; // links keep the order
        isUsed = true;
        return lastDue;
    }

    /** Says whether what was on its way may arrive now, and counts it. */
    synchronized boolean arrive() {
        (up ? passed : cut).incrementAndGet();
        return up;
    }

    /** Counts what would wait where too much waits already. */
    void drop() {
        lost.incrementAndGet();
    }

    /** Counts what did arrive, but that its receiver had no room for. */
    void overflow() {
        passed.decrementAndGet();
        lost.incrementAndGet();
    }

    Traffic traffic() {
        return new Traffic(passed.get(), cut.get(), lost.get());
    }
}
