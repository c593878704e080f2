package org.junitnomos.client;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What the clients of one node asked it by one route of its API, since they were made.
 *
 * @param route path without query, with {@code :public_key} in place of a key
 * @param requests how many exchanges ended; those that the client itself gave up are not among them
 * @param errors how many of them failed by the {@linkplain NodeApiException#isFailureOfNode() node}
 * @param nanos how long they took together, in nanoseconds of the time in which the node runs
 * @param slowest how long the slowest took, in nanoseconds; of those since tallies were taken last
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RouteTally(String route, long requests, long errors, long nanos, long slowest) {
    public RouteTally {
        Objects.requireNonNull(route, "route");
    }
}
