package org.junitnomos.expectation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;

/** The tree of all blocks that were observed; the reference chain is the longest, first seen among equals. */
final class Chains {
    private final Map<HeaderId, BlockObserved> blocks = new HashMap<>();
    private @Nullable BlockObserved best;

    void add(BlockObserved block) {
        blocks.putIfAbsent(block.block(), block);
        if (best == null || block.height() > best.height()) {
            best = block;
        }
    }

    @Nullable
    BlockObserved find(HeaderId id) {
        return blocks.get(id);
    }

    @Nullable
    BlockObserved best() {
        return best;
    }

    long height() {
        return best == null ? 0 : best.height();
    }

    @Nullable
    BlockObserved parent(BlockObserved block) {
        return blocks.get(block.parent());
    }

    /** The ancestor of a block at a height, the block itself included; null below the first block known. */
    @Nullable
    BlockObserved ancestor(@Nullable BlockObserved block, long height) {
        var at = block;
        while (at != null && at.height() > height) {
            at = parent(at);
        }
        return at != null && at.height() == height ? at : null;
    }

    /** Whether {@code ancestor} is {@code block} or on its branch. */
    boolean isOnBranch(BlockObserved ancestor, BlockObserved block) {
        return ancestor(block, ancestor.height()) == ancestor;
    }

    /** The reference chain, oldest first. */
    List<BlockObserved> reference() {
        var chain = new ArrayDeque<BlockObserved>();
        for (var at = best; at != null; at = parent(at)) {
            chain.addFirst(at);
        }
        return List.copyOf(chain);
    }

    /** How many blocks of a branch are not on the reference chain. */
    long blocksBeside(BlockObserved tip) {
        long beside = 0;
        for (BlockObserved at = tip; at != null && ancestor(best, at.height()) != at; at = parent(at)) {
            beside++;
        }
        return beside;
    }
}
