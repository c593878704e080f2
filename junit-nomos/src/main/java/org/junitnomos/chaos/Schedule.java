package org.junitnomos.chaos;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * When a fault is in force: once, or again and again. In protocol time; checked against the plan it is part of.
 *
 * @param at when it begins for the first time, from the start of the drive; 0 or more
 * @param duration how long it lasts each time; more than 0
 * @param every time from one beginning to the next; more than {@code duration}, or 0 for only one
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Schedule(Duration at, Duration duration, Duration every) {
    public Schedule {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(every, "every");
    }

    /**
     * Puts a fault in force once.
     *
     * @param at when it begins
     * @param duration how long it lasts
     * @return the schedule
     */
    public static Schedule once(Duration at, Duration duration) {
        return new Schedule(at, duration, Duration.ZERO);
    }
}
