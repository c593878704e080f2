package org.junitnomos.devnode;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.mantle.Block;

/** Keeps the blocks and shares of a node across restarts. */
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
}
