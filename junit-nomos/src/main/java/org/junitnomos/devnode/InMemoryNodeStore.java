package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.mantle.Block;

/** Keeps what a node stores in memory. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class InMemoryNodeStore implements NodeStore {
    private final List<Block> blocks = new ArrayList<>();
    private final List<StoredShare> shares = new ArrayList<>();
    private final List<OwnBlock> own = new ArrayList<>();

    /** Creates an empty store. */
    public InMemoryNodeStore() {}

    @Override
    public synchronized void append(Block block) {
        blocks.add(block);
    }

    @Override
    public synchronized List<Block> blocks() {
        return List.copyOf(blocks);
    }

    @Override
    public synchronized void append(StoredShare share) {
        shares.add(share);
    }

    @Override
    public synchronized List<StoredShare> shares() {
        return List.copyOf(shares);
    }

    @Override
    public synchronized void append(OwnBlock block) {
        own.add(block);
    }

    @Override
    public synchronized List<OwnBlock> ownBlocks() {
        return List.copyOf(own);
    }
}
