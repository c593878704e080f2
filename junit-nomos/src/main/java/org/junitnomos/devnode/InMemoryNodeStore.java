package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.Block;

/** Keep the blocks of a node in memory. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class InMemoryNodeStore implements NodeStore {
    private final List<Block> blocks = new ArrayList<>();

    /** Create an empty store. */
    public InMemoryNodeStore() {}

    @Override
    public synchronized void append(Block block) {
        blocks.add(block);
    }

    @Override
    public synchronized List<Block> blocks() {
        return List.copyOf(blocks);
    }
}
