package org.junitnomos.k8s;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.TestingClient;
import org.junitnomos.time.Patience;

/**
 * The connections of cut links, in both directions, between nodes that answer. Lets the nodes open them anew and looks
 * what becomes of it: nothing else tells whether a network lets them through.
 */
final class CutConnections {
    private static final Duration PERIOD = Duration.ofMillis(200);

    /** Network plugins need a moment; after this one, a network that lets all through is taken to do so for good. */
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<End> ends = new ArrayList<>();
    private int count;

    /**
     * What became of the connections.
     *
     * @param open how many were let through
     * @param refused how many were not
     * @param all how many there are
     */
    record Outcome(int open, int refused, int all) {
        boolean isAllRefused() {
            return refused == all;
        }

        boolean isAllOpen() {
            return open == all;
        }

        boolean isSettled() {
            return open + refused == all;
        }
    }

    private record End(String name, TestingClient node, List<String> others) {
        List<TestingClient.Connection> connections() {
            return node.connections().stream()
                    .filter(connection -> others.contains(connection.peer()))
                    .toList();
        }
    }

    /**
     * Finds the connections over links that are cut.
     *
     * @param cut for each node with cut links the other ends of them
     * @param awake clients of the nodes that answer, by name
     */
    CutConnections(Map<String, Set<String>> cut, Map<String, NodeClient> awake) {
        cut.forEach((node, others) -> {
            var client = awake.get(node);
            var heard = others.stream().filter(awake::containsKey).toList();
            if (client != null && !heard.isEmpty()) {
                ends.add(new End(node, client.devControl(), heard));
                count += heard.size();
            }
        });
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }

    int count() {
        return count;
    }

    /** Waits until all of them are open; false if they do not get so. */
    boolean areOpen() throws InterruptedException {
        try {
            return Patience.until(() -> look().isAllOpen(), LIMIT, PERIOD);
        } catch (NodeApiException e) {
            return false;
        }
    }

    /**
     * Lets the nodes open them anew, until it shows whether they are refused.
     *
     * @throws NodeApiException if a node does not tell; one that went away is no proof of a network that refuses
     */
    Outcome reopen() throws InterruptedException {
        openAnew();
        if (Patience.until(() -> look(true, new TreeSet<>()).isAllRefused(), FIRST_LIMIT, PERIOD)) {
            return look();
        }
        openAnew();
        var letThrough = new TreeSet<String>(); // connections may break again: a peer may take the new one for the old
        Patience.until(() -> look(false, letThrough).isSettled(), LIMIT, PERIOD);
        return look(false, letThrough);
    }

    /** Lets the nodes open all of them anew. */
    void openAnew() {
        ends.forEach(end -> end.node().reconnect(end.others()));
    }

    private Outcome look() {
        return look(false, new TreeSet<>());
    }

    /**
     * Counts the connections that are open and those that were refused.
     *
     * @param reopening whether those that are open are opened again: they may have been open before the network heard
     *     of the cut
     * @param letThrough those that were open at a look before, which count as open, and those that are now
     */
    private Outcome look(boolean reopening, Set<String> letThrough) {
        int refused = 0;
        for (var end : ends) {
            var open = new ArrayList<String>();
            for (var connection : end.connections()) {
                String name = end.name() + " > " + connection.peer();
                if (connection.open()) {
                    open.add(connection.peer());
                    letThrough.add(name);
                } else if (connection.unreachable() > 0 && !letThrough.contains(name)) {
                    refused++;
                }
            }
            if (reopening && !open.isEmpty()) {
                end.node().reconnect(open);
            }
        }
        return new Outcome(letThrough.size(), refused, count);
    }
}
