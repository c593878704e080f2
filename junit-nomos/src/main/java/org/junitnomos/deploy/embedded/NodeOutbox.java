package org.junitnomos.deploy.embedded;

import java.util.function.BooleanSupplier;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.settings.LogLevel;

/** What a core has to say to its peers and its log; a former life of the node is not heard any more. */
record NodeOutbox(String node, EmbeddedNetwork network, EmbeddedNodeLog nodeLog, BooleanSupplier isCurrent)
        implements Outbox {
    @Override
    public void send(String peer, PeerMessage message, long delayNanos) {
        if (isCurrent.getAsBoolean()) {
            network.send(node, peer, message, delayNanos);
        }
    }

    @Override
    public void log(String level, String text) {
        nodeLog.write(LogLevel.valueOf(level), text);
    }
}
