package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How long a wait may take: a limit that is meant for a free machine, and is extended once, when it is reached, by the
 * {@link Pace} of this machine then. A limit in virtual time is never extended: computing takes none of that time, and
 * a run is to be the same on any machine. Not thread-safe.
 */
@API(status = INTERNAL, since = "0.1")
public final class Allowance {
    /** Measures the pace. */
    interface Source {
        Pace now() throws InterruptedException;
    }

    private final Duration limit;
    private final @Nullable Source source;
    private @Nullable Pace pace;

    Allowance(Duration limit, @Nullable Source source) {
        this.limit = limit;
        this.source = source;
    }

    /** Returns the allowance of a wait in real time. */
    public static Allowance ofRealTime(Duration limit) {
        return new Allowance(limit, Pace::now);
    }

    /** Returns the allowance of a wait on a timeline, which may be virtual. */
    public static Allowance on(Timeline timeline, Duration limit) {
        return timeline.isVirtual() ? new Allowance(limit, null) : ofRealTime(limit);
    }

    /**
     * Says whether the wait has to end.
     *
     * @param waited for how long it has been going on, in nanoseconds
     * @throws InterruptedException if the thread is interrupted while it measures the pace
     */
    public boolean isOver(long waited) throws InterruptedException {
        if (waited < Nanos.of(limit)) {
            return false;
        }
        if (source != null && pace == null) {
            pace = source.now();
        }
        return waited >= nanos();
    }

    /** Returns the limit as it is now, in nanoseconds. */
    public long nanos() {
        return pace == null ? Nanos.of(limit) : pace.scale(Nanos.of(limit));
    }

    /**
     * Tells of the extension: {@code extended to 9.3 min, 9.3 times as much, because the machine is busy: …}.
     *
     * @return empty if there is none
     */
    private String extension() {
        return pace == null || pace.factor() == 1
                ? ""
                : "extended to " + DurationText.ofNanos(nanos()) + ", " + pace.factorText()
                        + " times as much, because the machine is busy: " + pace;
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
