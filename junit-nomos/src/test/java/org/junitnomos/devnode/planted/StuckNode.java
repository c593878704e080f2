package org.junitnomos.devnode.planted;

import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.defect.Passing;

/** Create nodes that, from a time on, answer requests but do nothing else. */
public record StuckNode(long fromNanos) implements NodeCoreFactory {
    private static final long NEVER_NANOS = 3_600_000_000_000L;

    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        return new Passing.Core(new DevNode(config, store, outbox)) {
            @Override
            public long nextTick(long now) {
                return now < fromNanos ? right.nextTick(now) : now + NEVER_NANOS;
            }

            @Override
            public void tick(long now) {
                if (now < fromNanos) {
                    right.tick(now);
                }
            }

            @Override
            public void receive(String peer, PeerMessage message, long now) {
                if (now < fromNanos) {
                    right.receive(peer, message, now);
                }
            }
        };
    }
}
