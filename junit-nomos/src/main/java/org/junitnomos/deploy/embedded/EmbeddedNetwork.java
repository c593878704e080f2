package org.junitnomos.deploy.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junitnomos.devnode.PeerMessage;

/**
 * Carries messages between the nodes of one deployment: each arrives after the delay its sender asked for.
 *
 * <p>Connections end with the life of the receiver: what is under way to a node that stops is lost, also if it is
 * started again before the message would have come. What is for a node that was removed goes nowhere.
 */
final class EmbeddedNetwork {
    private final EventLedger events;
    private final Map<String, EmbeddedNode> nodes = new LinkedHashMap<>();

    EmbeddedNetwork(EventLedger events) {
        this.events = events;
    }

    synchronized void add(EmbeddedNode node) {
        nodes.put(node.name(), node);
    }

    private synchronized EmbeddedNode find(String from, String to) {
        EmbeddedNode target = nodes.get(to);
        if (target == null) {
            throw new IllegalArgumentException(
                    "node '" + from + "' sends to '" + to + "', which is not in the cluster " + nodes.keySet());
        }
        return target;
    }

    void send(String from, String to, PeerMessage message, long delayNanos) {
        EmbeddedNode target = find(from, to);
        long life = target.life();
        if (life != EmbeddedNode.STOPPED) {
            events.schedule(delayNanos, from + " to " + to, () -> target.receive(from, message, life));
        }
    }
}
