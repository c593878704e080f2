package org.junitnomos.devnode.chain;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/** A block's place in the tree of blocks. Not thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ChainBlock {
    private final HeaderId id;
    private final @Nullable ChainBlock parent;
    private final @Nullable Block block;
    private final int height;
    private final long slot;
    private final List<ChainBlock> children = new ArrayList<>(1);
    private @Nullable ChainState state;

    ChainBlock(HeaderId id, @Nullable ChainBlock parent, @Nullable Block block, ChainState state) {
        this.id = id;
        this.parent = parent;
        this.block = block;
        this.height = parent == null ? 0 : parent.height + 1;
        this.slot = state.slot();
        this.state = state;
    }

    /**
     * Returns the id of the block.
     *
     * @return its id
     */
    public HeaderId id() {
        return id;
    }

    /**
     * Returns the block before it.
     *
     * @return the parent; null for genesis
     */
    public @Nullable ChainBlock parent() {
        return parent;
    }

    /**
     * Returns the block itself.
     *
     * @return the block; null for genesis
     */
    public @Nullable Block block() {
        return block;
    }

    /**
     * Counts the blocks before it.
     *
     * @return the height; 0 for genesis
     */
    public int height() {
        return height;
    }

    /**
     * Returns the slot of the block.
     *
     * @return the slot
     */
    public long slot() {
        return slot;
    }

    /**
     * Returns what follows from the chain up to this block.
     *
     * @return the state; null once no branch can begin here any more
     */
    public @Nullable ChainState state() {
        return state;
    }

    List<ChainBlock> children() {
        return children;
    }

    void dropState() {
        state = null;
    }

    /**
     * Finds the last block two branches share.
     *
     * @param first end of one branch
     * @param second end of the other
     * @return the common ancestor
     */
    public static ChainBlock commonAncestor(ChainBlock first, ChainBlock second) {
        ChainBlock a = first;
        ChainBlock b = second;
        while (a != b) {
            boolean stepFirst = a.height >= b.height;
            boolean stepSecond = b.height >= a.height;
            a = stepFirst ? parentOf(a) : a;
            b = stepSecond ? parentOf(b) : b;
        }
        return a;
    }

    /**
     * Finds an ancestor.
     *
     * @param steps how many blocks before this one
     * @return the ancestor; genesis if the chain is shorter
     */
    public ChainBlock ancestor(int steps) {
        ChainBlock block = this;
        for (int i = 0; i < steps && block.parent != null; i++) {
            block = block.parent;
        }
        return block;
    }

    private static ChainBlock parentOf(ChainBlock block) {
        if (block.parent == null) {
            throw new IllegalArgumentException("Block " + block.id + " is of another chain.");
        }
        return block.parent;
    }

    @Override
    public String toString() {
        return "block " + id + " at height " + height + " of slot " + slot;
    }
}
