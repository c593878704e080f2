package org.junitnomos.devnode;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.mantle.Block;

/** Keep the blocks and shares of a node across restarts. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeStore {
    /**
     * Append a block that the node applied.
     *
     * @param block its parent is genesis or in the store
     */
    void append(Block block);

    /**
     * Return all blocks in the order in which they were appended.
     *
     * @return the blocks
     */
    List<Block> blocks();

    /**
     * Keep a share of a blob.
     *
     * @param share the share; not in the store yet
     */
    void append(StoredShare share);

    /**
     * Return all shares in the order in which they were kept.
     *
     * @return the shares
     */
    List<StoredShare> shares();
}
