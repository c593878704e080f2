package org.junitnomos.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the exchanges with one node, by route. Thread-safe. */
final class RouteTallies {
    private static final String WALLET = "/wallet/";
    private static final String BALANCE = "/balance";
    private static final long[] LIMITS =
            RouteTally.LIMITS.stream().mapToLong(Duration::toNanos).toArray();

    private final Map<String, Tally> routes = new TreeMap<>();

    private static final class Tally {
        private final long[] slower = new long[RouteTally.LIMITS.size()];
        private long requests;
        private long errors;
        private long nanos;
        private long slowest;

        void add(long took, boolean error) {
            requests++;
            errors += error ? 1 : 0;
            nanos += took;
            slowest = Math.max(slowest, took);
            for (int i = 0; !error && i < slower.length && took > LIMITS[i]; i++) {
                slower[i]++;
            }
        }

        RouteTally take(String route) {
            RouteTally taken = new RouteTally(
                    route,
                    requests,
                    errors,
                    nanos,
                    slowest,
                    Arrays.stream(slower).boxed().toList());
            slowest = 0;
            return taken;
        }
    }

    synchronized void add(String path, long nanos, boolean error) {
        routes.computeIfAbsent(routeOf(path), route -> new Tally()).add(nanos, error);
    }

    /** Returns the tallies in the order of their routes; from now on the slowest is that of later exchanges. */
    synchronized List<RouteTally> take() {
        List<RouteTally> taken = new ArrayList<>();
        routes.forEach((route, tally) -> taken.add(tally.take(route)));
        return taken;
    }

    /** Paths differ by what is asked for; there is one route for all of them. */
    static String routeOf(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return plain.startsWith(WALLET) && plain.endsWith(BALANCE) ? WALLET + ":public_key" + BALANCE : plain;
    }
}
