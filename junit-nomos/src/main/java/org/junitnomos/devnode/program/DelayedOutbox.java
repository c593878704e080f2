package org.junitnomos.devnode.program;

import java.util.HashMap;
import java.util.Map;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;

/** Holds messages for the time the core says they are on the way, then sends them, in order on each link. */
final class DelayedOutbox implements Outbox {
    private final NodeDriver driver;
    private final PeerLinks network;
    private final ProgramLog log;
    private final Map<String, Long> lastDue = new HashMap<>();

    DelayedOutbox(NodeDriver driver, PeerLinks network, ProgramLog log) {
        this.driver = driver;
        this.network = network;
        this.log = log;
    }

    @Override
    public void send(String peer, PeerMessage message, long delayNanos) {
        long now = driver.nanos();
        long due = Math.max(now + delayNanos, lastDue.getOrDefault(peer, Long.MIN_VALUE));
        if (due <= now) {
            network.send(peer, message);
        } else {
            lastDue.put(peer, due);
            driver.at(due, () -> network.send(peer, message));
        }
    }

    @Override
    public void renew(String peer) {
        log.info("Node " + peer + " hears nothing from here: it gets a new connection.");
        network.reconnect(peer);
    }

    @Override
    public void log(String level, String text) {
        log.core(level, text);
    }
}
