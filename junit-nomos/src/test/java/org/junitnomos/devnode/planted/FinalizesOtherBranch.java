package org.junitnomos.devnode.planted;

import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;

/** Create nodes that, from a time on, ignore the blocks of others, and so make a branch of their own final. */
public record FinalizesOtherBranch(long fromNanos) implements NodeCoreFactory {
    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        return new CoreWrapper(new DevNode(config, store, outbox)) {
            @Override
            public void receive(String peer, PeerMessage message, long now) {
                boolean ofBlocks =
                        message instanceof PeerMessage.Proposal || message instanceof PeerMessage.BlockResponse;
                if (now < fromNanos || !ofBlocks) {
                    core.receive(peer, message, now);
                }
            }
        };
    }
}
