package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How long a wait may take: a limit that is meant for a free machine. What was waited while this machine was busy
 * counts for less, by its {@link Pace}, which is measured when the limit is reached and again each time as much has
 * passed: a machine that is busy for a moment extends a wait by that moment. A limit in virtual time is never extended:
 * computing takes none of that time, and a run is to be the same on any machine. Not thread-safe.
 */
@API(status = INTERNAL, since = "0.1")
public final class Allowance {
    /** Measures the pace. */
    interface Source {
        Pace now() throws InterruptedException;
    }

    private final Duration limit;
    private final @Nullable Source source;
    private @Nullable Pace slowest;
    private double left;
    private long measuredAt;
    private long next;

    Allowance(Duration limit, @Nullable Source source) {
        this.limit = limit;
        this.source = source;
        this.left = Nanos.of(limit);
        this.next = Nanos.of(limit);
    }

    /** Returns the allowance of a wait in real time. */
    public static Allowance ofRealTime(Duration limit) {
        return new Allowance(limit, Pace::now);
    }

    /** Returns the allowance of a wait that no busy machine extends. */
    public static Allowance fixed(Duration limit) {
        return new Allowance(limit, null);
    }

    /** Returns the allowance of a wait on a timeline, which may be virtual. */
    public static Allowance on(Timeline timeline, Duration limit) {
        return timeline.isVirtual() ? fixed(limit) : ofRealTime(limit);
    }

    /**
     * Says whether the wait has to end.
     *
     * @param waited for how long it has been going on, in nanoseconds; never less than at the last call
     * @throws InterruptedException if the thread is interrupted while it measures the pace
     */
    public boolean isOver(long waited) throws InterruptedException {
        if (waited < next) {
            return false;
        }
        if (source == null || waited == Nanos.NEVER) {
            return true;
        }
        var pace = source.now();
        if (slowest == null || pace.factor() > slowest.factor()) {
            slowest = pace;
        }
        left -= (waited - measuredAt) / pace.factor();
        measuredAt = waited;
        if (left < 1) {
            next = waited;
            return true;
        }
        next = Nanos.after(waited, pace.scale((long) Math.min(left, Nanos.of(limit) / pace.factor())));
        return false;
    }

    /** Returns when to ask {@link #isOver} again, in nanoseconds since the wait began. */
    public long nanos() {
        return next;
    }

    /**
     * Tells of the extension: {@code extended to 9.3 min, 9.3 times as much, because the machine is busy: …}.
     *
     * @return empty if there is none
     */
    private String extension() {
        long all = Nanos.after(measuredAt, slowest == null ? 0 : slowest.scale((long) left));
        return slowest == null || slowest.factor() == 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        "extended to %s, %.1f times as much, because the machine is busy: %s",
                        DurationText.ofNanos(all),
                        (double) all / Nanos.of(limit),
                        slowest);
    }

    /**
     * Returns what is to be added to a text that names the limit.
     *
     * @param before what stands before the extension
     * @param after what stands behind it
     * @return empty if the limit is that of a free machine
     */
    public String extension(String before, String after) {
        String extension = extension();
        return extension.isEmpty() ? "" : before + extension + after;
    }

    /** Returns the limit and its extension, for texts: {@code 60 s, extended to …}. */
    @Override
    public String toString() {
        return DurationText.format(limit) + extension(", ", "");
    }
}
