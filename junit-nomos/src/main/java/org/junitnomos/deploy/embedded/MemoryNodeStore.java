package org.junitnomos.deploy.embedded;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.mantle.Block;

/** Keeps blocks for as long as the deployment lives; what a disk is to a real node. Used under its node's lock. */
final class MemoryNodeStore implements NodeStore {
    private final List<Block> blocks = new ArrayList<>();

    @Override
    public void append(Block block) {
        blocks.add(block);
    }

    @Override
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }
}
