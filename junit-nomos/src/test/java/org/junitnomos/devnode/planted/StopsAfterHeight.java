package org.junitnomos.devnode.planted;

import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.InvalidBlockException;

/** Create nodes that refuse every block above a height, so that the chain stops there. */
public record StopsAfterHeight(int last) implements NodeCoreFactory {
    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        DevNodeParts standard = DevNodeParts.standard();
        return new DevNode(
                config,
                store,
                outbox,
                standard.withBlockRules(parameters -> stop(standard.blockRules().apply(parameters))));
    }

    private BlockRules stop(BlockRules rules) {
        return (parent, height, block) -> {
            if (height > last) {
                throw new InvalidBlockException("planted: the chain stops after height " + last);
            }
            return rules.apply(parent, height, block);
        };
    }
}
