package org.junitnomos.devnode;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.SignedMantleTx;

/** Decides what a right leader decides; another one makes a node with a defect. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface LeaderRules {
    /** The rules of a right leader. */
    LeaderRules STANDARD = new LeaderRules() {};

    /** Decides whether a block is made, given whether a note wins the slot. */
    default boolean leads(boolean wins) {
        return wins;
    }

    /** Chooses the block to build on, given the tip; its state must be there still. */
    default ChainBlock parent(ChainBlock tip) {
        return tip;
    }

    /** Decides of which slot a block is, given the current one. */
    default long slot(long current) {
        return current;
    }

    /** Chooses the transactions of a block, given those that the ledger takes. */
    default List<SignedMantleTx> transactions(List<SignedMantleTx> valid) {
        return valid;
    }

    /** Chooses the blocks to publish, given the one that was made. */
    default List<Block> blocks(Block made) {
        return List.of(made);
    }
}
