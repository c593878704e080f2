package org.junitnomos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the exchanges with one node, by route. Thread-safe. */
final class RouteTallies {
    private static final String WALLET = "/wallet/";
    private static final String BALANCE = "/balance";

    private final Map<String, RouteTally> routes = new TreeMap<>();

    synchronized void add(String path, long nanos, boolean error) {
        String route = routeOf(path);
        RouteTally before = routes.getOrDefault(route, new RouteTally(route, 0, 0, 0, 0));
        routes.put(
                route,
                new RouteTally(
                        route,
                        before.requests() + 1,
                        before.errors() + (error ? 1 : 0),
                        before.nanos() + nanos,
                        Math.max(before.slowest(), nanos)));
    }

    /** Returns the tallies in the order of their routes; from now on the slowest is that of later exchanges. */
    synchronized List<RouteTally> take() {
        List<RouteTally> taken = new ArrayList<>(routes.values());
        routes.replaceAll((route, tally) -> new RouteTally(route, tally.requests(), tally.errors(), tally.nanos(), 0));
        return taken;
    }

    /** Paths differ by what is asked for; there is one route for all of them. */
    static String routeOf(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return plain.startsWith(WALLET) && plain.endsWith(BALANCE) ? WALLET + ":public_key" + BALANCE : plain;
    }
}
