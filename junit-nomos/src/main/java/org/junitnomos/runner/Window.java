package org.junitnomos.runner;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Cancellation;
import org.junitnomos.time.Timeline;

/** The run window of one run: when it began and ended, and how far it is. */
final class Window {
    private static final int PROGRESS_STEPS = 100;

    private final Timeline timeline;
    private final Duration length;
    private @Nullable Cancellation ticking;
    private long start = -1;
    private long end = -1;

    Window(Timeline timeline, Duration length) {
        this.timeline = timeline;
        this.length = length;
    }

    Duration length() {
        return length;
    }

    /** Begins it; the consumer hears now and then how much of it is over. */
    void begin(Consumer<Duration> progress) {
        start = timeline.nanos();
        ticking = timeline.repeat(
                length.dividedBy(PROGRESS_STEPS),
                "progress",
                () -> progress.accept(Duration.ofNanos(timeline.nanos() - start)));
    }

    /** How much of it is left; negative if it should be over. */
    Duration left() {
        return Duration.ofNanos(start + length.toNanos() - timeline.nanos());
    }

    void end() {
        end = timeline.nanos();
        stopTicking();
    }

    boolean isEnded() {
        return end >= 0;
    }

    void stopTicking() {
        if (ticking != null) {
            ticking.cancel();
        }
    }

    /** Says how long the run was driven, and why no longer; null if it was not. */
    @Nullable
    String ran(@Nullable String cut) {
        if (start < 0) {
            return null;
        }
        long until = end >= 0 ? end : timeline.nanos();
        if (end < 0 && cut == null) {
            return FailureText.ranSoFar(Duration.ofNanos(until - start), length);
        }
        return FailureText.ran(Duration.ofNanos(until - start), length, cut);
    }
}
