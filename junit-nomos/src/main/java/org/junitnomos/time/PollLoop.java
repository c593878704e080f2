package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Waits on a {@link Timeline} until a probe gives an accepted value: calls it at once and then once per period.
 *
 * @param timeline whose time counts
 * @param description what is awaited, as a statement: {@code validator-0 answers}
 * @param period the pause between two calls, positive
 * @param timeout how long at most, measured from the first call; positive; on a busy machine real time is extended by
 *     its {@link Pace}
 * @param hopeless which failures of the probe end the wait at once, such as the death of the node that is asked
 */
@API(status = INTERNAL, since = "0.1")
public record PollLoop(
        Timeline timeline,
        String description,
        Duration period,
        Duration timeout,
        Predicate<? super Exception> hopeless) {

    private static final int LONGEST_VALUE = 1_000;

    public PollLoop {
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(hopeless, "hopeless");
        requirePositive("period", period, description);
        requirePositive("timeout", timeout, description);
    }

    /** Creates a loop that takes every failure of the probe as "not yet". */
    public PollLoop(Timeline timeline, String description, Duration period, Duration timeout) {
        this(timeline, description, period, timeout, failure -> false);
    }

    private static void requirePositive(String what, Duration value, String description) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("waiting until " + description + ": " + what
                    + " must be positive, but was " + DurationText.format(value));
        }
    }

    /** Returns a loop that rethrows a failure of the probe at once when {@code hopeless} accepts it. */
    public PollLoop givingUpOn(Predicate<? super Exception> hopeless) {
        return new PollLoop(timeline, description, period, timeout, hopeless);
    }

    /**
     * Waits until the probe returns true.
     *
     * @throws PollTimeoutException if it does not in time; the text has the description, the time waited, the number
     *     of attempts and the last value or failure
     * @throws Exception a failure of the probe that is hopeless
     */
    public void untilTrue(Callable<Boolean> probe) throws Exception {
        until(probe, Boolean.TRUE::equals);
    }

    /**
     * Waits until the probe returns a value that {@code accepted} accepts. The last call is at the timeout.
     *
     * @throws PollTimeoutException if none comes in time; the text has the description, the time waited, the number
     *     of attempts and the last value or failure
     * @throws Exception a failure of the probe that is hopeless
     */
    public <T> T until(Callable<T> probe, Predicate<? super T> accepted) throws Exception {
        long start = timeline.nanos();
        var allowance = Allowance.on(timeline, timeout);
        for (int attempts = 1; ; attempts++) {
            @Nullable Exception failure = null;
            @Nullable T value = null;
            try {
                value = probe.call();
                if (accepted.test(value)) {
                    return value;
                }
            } catch (InterruptedException | TimelineException e) {
                throw e;
            } catch (Exception e) {
                if (hopeless.test(e)) {
                    throw e;
                }
                failure = e;
            }
            long now = timeline.nanos();
            if (allowance.isOver(now - start)) {
                throw timedOut(allowance, now - start, attempts, value, failure);
            }
            long left = allowance.nanos() - (now - start);
            timeline.sleep(Duration.ofNanos(Math.min(Nanos.of(period), left)));
        }
    }

    private PollTimeoutException timedOut(
            Allowance allowance, long waited, int attempts, @Nullable Object value, @Nullable Exception failure) {
        String last = failure != null ? "the last attempt failed: " + failure : "the last value was " + shown(value);
        String text = "waited " + DurationText.ofNanos(waited) + " (limit " + allowance + ") until " + description
                + ": not so after " + attempts + (attempts == 1 ? " attempt" : " attempts") + ", one every "
                + DurationText.format(period) + "; " + last;
        return new PollTimeoutException(text, attempts, failure);
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof String string ? "'" + string + "'" : String.valueOf(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
