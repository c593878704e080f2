package org.junitnomos.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much real time a virtual timeline may use; no limit at first. Thread-safe. */
final class RealTimeLimit {

    private volatile long start;
    private volatile long limit = Nanos.NEVER;
    private volatile @Nullable String reason;
    private volatile Baton.@Nullable Stop reported;

    /**
     * Allows that much from now on, also if the old limit was exceeded.
     *
     * @param why what everybody is told when it is used up; null for a text about the limit itself
     */
    void renew(Baton baton, Duration fromNow, @Nullable String why) {
        start = System.nanoTime(); // first, so that the new limit is never measured from the old start
        reason = why;
        limit = Nanos.of(fromNow);
        Baton.Stop old = reported;
        if (old != null) {
            reported = null;
            baton.resume(old);
        }
    }

    /** Stops the timeline if the limit is exceeded; returns whether it is. */
    boolean check(Baton baton, long now) {
        if (limit == Nanos.NEVER || System.nanoTime() - start < limit) {
            return false;
        }
        if (reported == null) {
            reported = baton.stop(text(now));
        }
        return true;
    }

    private String text(long now) {
        String why = reason;
        String came = "protocol time came to " + DurationText.ofNanos(now);
        return why == null
                ? "the real-time limit of " + DurationText.ofNanos(limit) + " is used up; " + came
                        + ". Run for a shorter time, put less load on the cluster, or raise the limit"
                : why + " (" + came + ")";
    }
}
