package org.junitnomos.devnode.planted;

import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.ForkChoice;

/** Create nodes that follow the longest chain however deep they reorganize, final blocks included. */
public record ReorgsDeeperThanK() implements NodeCoreFactory {
    private static final int UNBOUNDED = 1_000_000;

    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        return new DevNode(config, store, outbox, DevNodeParts.standard().withForkChoice(new Unbounded()));
    }

    private static final class Unbounded implements ForkChoice {
        @Override
        public boolean prefers(ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online) {
            return candidate.height() > tip.height();
        }

        @Override
        public int branchDepth(ChainParameters parameters) {
            return UNBOUNDED;
        }
    }
}
