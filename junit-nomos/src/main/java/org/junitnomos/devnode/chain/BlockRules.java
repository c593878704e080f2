package org.junitnomos.devnode.chain;

import org.apiguardian.api.API;
import org.junitnomos.mantle.Block;

/** Decides whether a block is valid and what it does. */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface BlockRules {
    /**
     * Applies a block.
     *
     * @param parent state of its parent
     * @param height height of the block
     * @param block the block
     * @return the state after it
     * @throws InvalidBlockException if it is not valid
     */
    ChainState apply(ChainState parent, int height, Block block) throws InvalidBlockException;

    /**
     * Applies a block of the node's own store, which was checked before it got there.
     *
     * @param parent state of its parent
     * @param height height of the block
     * @param block the block
     * @return the state after it
     * @throws InvalidBlockException if it is not valid after all
     */
    default ChainState replay(ChainState parent, int height, Block block) throws InvalidBlockException {
        return apply(parent, height, block);
    }
}
