package org.junitnomos.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;

/** The longest chain seen on any node, block by block. Not thread-safe. */
final class ReferenceChain {

    private final HeaderId genesis;
    private final ForkTree tree;
    private final Function<HeaderId, @Nullable BlockRecord> records;
    private final List<BlockRecord> blocks = new ArrayList<>();

    /** Follows the tip of a tree; each of its blocks is in {@code records}. */
    ReferenceChain(HeaderId genesis, ForkTree tree, Function<HeaderId, @Nullable BlockRecord> records) {
        this.genesis = genesis;
        this.tree = tree;
        this.records = records;
    }

    long height() {
        return blocks.size();
    }

    HeaderId tipId() {
        return blocks.isEmpty() ? genesis : blocks.get(blocks.size() - 1).id();
    }

    Optional<BlockRecord> tip() {
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.get(blocks.size() - 1));
    }

    List<BlockRecord> blocks() {
        return List.copyOf(blocks);
    }

    /** Returns the block at a height from 1 to {@link #height()}. */
    BlockRecord at(long height) {
        return blocks.get(Math.toIntExact(height - 1));
    }

    boolean contains(BlockRecord record) {
        return record.height() <= blocks.size() && at(record.height()).id().equals(record.id());
    }

    /** Moves to the tip of the tree; returns null if it did not change. */
    BlockFeed.@Nullable ChainUpdate follow() {
        HeaderId tip = tree.tip().map(BlockObserved::block).orElse(genesis);
        HeaderId old = tipId();
        if (tip.equals(old)) {
            return null;
        }
        HeaderId fork = tree.commonAncestor(old, tip);
        long forkHeight = tree.heightOf(fork);
        List<BlockRecord> removed = new ArrayList<>();
        while (blocks.size() > forkHeight) {
            removed.add(blocks.remove(blocks.size() - 1));
        }
        List<BlockRecord> added = new ArrayList<>();
        for (BlockObserved block : tree.branch(fork, tip)) {
            BlockRecord record = records.apply(block.block());
            if (record == null) {
                throw new IllegalStateException("block " + block.block() + " is in the tree but has no record");
            }
            added.add(record);
        }
        blocks.addAll(added);
        return new BlockFeed.ChainUpdate(removed, added);
    }
}
