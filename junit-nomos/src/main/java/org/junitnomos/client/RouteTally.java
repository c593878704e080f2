package org.junitnomos.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apiguardian.api.API;

/**
 * What the clients of one node asked it by one route of its API, since they were made.
 *
 * @param route path without query, with {@code :public_key} in place of a key
 * @param requests how many exchanges ended; those that the client itself gave up are not among them
 * @param errors how many of them failed by the {@linkplain NodeApiException#isFailureOfNode() node}
 * @param nanos how long they took together, in nanoseconds of the time in which the node runs
 * @param slowest how long the slowest took, in nanoseconds; of those since tallies were taken last
 * @param slower how many did not fail and took longer than each of {@link #LIMITS}, in that order
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RouteTally(String route, long requests, long errors, long nanos, long slowest, List<Long> slower) {
    /** How long requests may take before they are counted as slower, ascending. */
    public static final List<Duration> LIMITS = LongStream.of(
                    5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    public RouteTally {
        Objects.requireNonNull(route, "route");
        slower = List.copyOf(slower);
    }
}
