package org.junitnomos.devnode;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.da.DaMessage;
import org.junitnomos.devnode.da.DaPort;

/**
 * Carries messages about blobs from node to node: straight to a direct peer, by flooding to anybody else. A real node
 * has connections of its own for them; here they share the links of the layout, so the faults of links reach them too.
 */
final class Courier implements DaPort {
    private static final int REMEMBERED = 65_536;

    private final String self;
    private final LinkQualities links;
    private final Timers timers;
    private final NodeLog log;
    private final SeenCache<Key> seen = new SeenCache<>(REMEMBERED);
    private @Nullable Receiver receiver;
    private long number;

    private record Key(String origin, long number) {}

    /** Takes what is for this node. */
    interface Receiver {
        void receive(String origin, DaMessage message, long now);
    }

    Courier(String self, LinkQualities links, Timers timers, NodeLog log) {
        this.self = self;
        this.links = links;
        this.timers = timers;
        this.log = log;
    }

    void deliverTo(Receiver newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public boolean reaches(String node, long now) {
        Link direct = links.find(node);
        return direct == null ? links.countConnected(now) > 0 : direct.isConnected(now);
    }

    @Override
    public void send(String node, DaMessage message, long now) {
        if (node.equals(self)) {
            timers.at(now, () -> deliver(self, message, now));
            return;
        }
        // Never a number of an earlier life, which others may remember.
        number = Math.max(number + 1, now);
        seen.add(new Key(self, number));
        forward(new PeerMessage.Routed(self, node, number, message), null, now);
    }

    void receive(String peer, PeerMessage.Routed message, long now) {
        if (!seen.add(new Key(message.origin(), message.number()))) {
            return;
        }
        if (message.target().equals(self)) {
            deliver(message.origin(), message.content(), now);
        } else {
            forward(message, peer, now);
        }
    }

    private void forward(PeerMessage.Routed message, @Nullable String from, long now) {
        Link direct = links.find(message.target());
        if (direct != null && direct.isConnected(now)) {
            links.send(direct, message, now);
        } else {
            links.sendToAllBut(from, message, now);
        }
    }

    private void deliver(String origin, DaMessage message, long now) {
        Objects.requireNonNull(receiver, "receiver").receive(origin, message, now);
    }

    @Override
    public void at(long due, Runnable action) {
        timers.at(due, action);
    }

    @Override
    public void info(String text) {
        log.info(text);
    }

    @Override
    public void badMessage(String node, String problem) {
        log.badMessage(node, problem);
    }
}
