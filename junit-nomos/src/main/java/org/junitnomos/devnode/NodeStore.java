package org.junitnomos.devnode;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/** Keeps the blocks and shares of a node across restarts, and which blocks it made. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeStore {
    /**
     * Appends a block that the node applied.
     *
     * @param block its parent is genesis or in the store
     */
    void append(Block block);

    /**
     * Returns all blocks in the order in which they were appended.
     *
     * @return the blocks
     */
    List<Block> blocks();

    /**
     * Keeps a share of a blob.
     *
     * @param share the share; not in the store yet
     */
    void append(StoredShare share);

    /**
     * Returns all shares in the order in which they were kept.
     *
     * @return the shares
     */
    List<StoredShare> shares();

    /**
     * A block that the node made.
     *
     * @param block its id
     * @param slot its slot
     * @param height its height, blocks from genesis
     */
    record OwnBlock(HeaderId block, long slot, long height) {}

    /**
     * Keeps that the node made a block. A store may leave that out: then a node tells only of those of its life.
     *
     * @param block the block
     */
    default void append(OwnBlock block) {}

    /**
     * Returns the blocks that the node made, in the order in which they were kept.
     *
     * @return the blocks; empty if the store does not keep them
     */
    default List<OwnBlock> ownBlocks() {
        return List.of();
    }
}
