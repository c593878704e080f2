package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.slf4j.LoggerFactory;

/**
 * How a {@link VirtualTimeline} behaves. All spans are real time.
 *
 * @param epoch the date at which protocol time begins
 * @param noticeAfter how long a managed thread may wait outside of the timeline before this is reported
 * @param holdLimit how long it may do so before the timeline fails
 * @param closeLimit how long {@link Timeline#close()} waits for tasks
 * @param notices is told, on a thread of its own, once per place in the code, who stops the clock and how to avoid it
 */
@API(status = INTERNAL, since = "0.1")
public record VirtualTimeSettings(
        Instant epoch, Duration noticeAfter, Duration holdLimit, Duration closeLimit, Consumer<String> notices) {

    /** The date at which virtual time begins unless told otherwise. */
    public static final Instant DEFAULT_EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    public VirtualTimeSettings {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(notices, "notices");
        requirePositive("noticeAfter", noticeAfter);
        requirePositive("holdLimit", holdLimit);
        requirePositive("closeLimit", closeLimit);
    }

    private static void requirePositive(String what, Duration span) {
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, but was " + DurationText.format(span));
        }
    }

    /**
     * Returns the usual settings: a notice (as a warning in the log) after 500 ms, failure after
     * 30 s, 5 s to close.
     */
    public static VirtualTimeSettings defaults() {
        return new VirtualTimeSettings(
                DEFAULT_EPOCH,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                text -> LoggerFactory.getLogger(VirtualTimeline.class).warn("{}", text));
    }

    /** Returns a copy with another epoch. */
    public VirtualTimeSettings withEpoch(Instant newEpoch) {
        return new VirtualTimeSettings(newEpoch, noticeAfter, holdLimit, closeLimit, notices);
    }

    /** Returns a copy with another limit for waits outside of the timeline. */
    public VirtualTimeSettings withHoldLimit(Duration limit) {
        return new VirtualTimeSettings(epoch, noticeAfter, limit, closeLimit, notices);
    }

    /** Returns a copy with another limit for closing. */
    public VirtualTimeSettings withCloseLimit(Duration limit) {
        return new VirtualTimeSettings(epoch, noticeAfter, holdLimit, limit, notices);
    }

    /** Returns a copy with another receiver of notices. */
    public VirtualTimeSettings withNotices(Consumer<String> receiver) {
        return new VirtualTimeSettings(epoch, noticeAfter, holdLimit, closeLimit, receiver);
    }
}
