package org.junitnomos.deploy.relay;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.deploy.control.LinkRelay.Traffic;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.topology.LinkSpec;

/**
 * One direction between two nodes: when what is sent at some time arrives, if it does. Its planes share one bandwidth.
 * All times are nanoseconds of one clock. Thread-safe.
 */
final class Direction {
    /** Does not arrive. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int PER_MILLE = 1_000;
    private static final long SECOND = 1_000_000_000L;

    /** What would wait for longer than this for the bandwidth is dropped, as a full buffer of a router does. */
    private static final long LONGEST_QUEUE = 5 * SECOND;

    private final Random chance;
    private final Map<Plane, Counts> counts = new EnumMap<>(Plane.class);
    private final Set<Plane> carried = EnumSet.noneOf(Plane.class);
    private LinkSpec quality = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);
    private long free;
    private long lastDue;
    private boolean isUsed;

    private static final class Counts {
        final AtomicLong passed = new AtomicLong();
        final AtomicLong cut = new AtomicLong();
        final AtomicLong lost = new AtomicLong();
    }

    /** Begins with nothing carried. */
    Direction(Random chance) {
        this.chance = chance;
        for (Plane plane : Plane.values()) {
            counts.put(plane, new Counts());
        }
    }

    private Counts of(Plane plane) {
        return Objects.requireNonNull(counts.get(plane), plane.name());
    }

    synchronized void set(Set<Plane> planes, LinkSpec spec) {
        carried.clear();
        carried.addAll(planes);
        quality = spec;
    }

    /**
     * Takes a datagram.
     *
     * @param plane on which it is sent
     * @param now when it is sent
     * @param bytes its length
     * @return when it arrives; {@link #NEVER} if it does not, which is counted
     */
    synchronized long take(Plane plane, long now, int bytes) {
        if (!carried.contains(plane)) {
            of(plane).cut.incrementAndGet();
            return NEVER;
        }
        if (chance.nextInt(PER_MILLE) < quality.lossPerMille()) {
            of(plane).lost.incrementAndGet();
            return NEVER;
        }
        long sent = now;
        if (quality.bandwidth() > 0) {
            long begin = isUsed ? Math.max(now, free) : now;
            if (begin - now > LONGEST_QUEUE) {
                of(plane).lost.incrementAndGet();
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
    synchronized boolean arrive(Plane plane) {
        boolean arrives = carried.contains(plane);
        (arrives ? of(plane).passed : of(plane).cut).incrementAndGet();
        return arrives;
    }

    /** Counts what would wait where too much waits already. */
    void drop(Plane plane) {
        of(plane).lost.incrementAndGet();
    }

    /** Counts what did arrive, but that its receiver had no room for. */
    void overflow(Plane plane) {
        of(plane).passed.decrementAndGet();
        of(plane).lost.incrementAndGet();
    }

    Traffic traffic(Plane plane) {
        var counted = of(plane);
        return new Traffic(counted.passed.get(), counted.cut.get(), counted.lost.get());
    }
}
