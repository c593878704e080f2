package org.junitnomos.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;

/**
 * The blocks of a journal as a tree that grows from genesis. Not thread-safe.
 *
 * <p>Grows with {@link #accept}, event by event, or holds a whole journal at once: {@link #of}. A parent is observed
 * before its children, as the block feed does it. The reference chain is the longest one, the first seen among equals.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ForkTree {

    private final Map<HeaderId, BlockObserved> blocks = new HashMap<>();
    private final List<BlockObserved> inOrder = new ArrayList<>();
    private final List<BlockObserved> reference = new ArrayList<>(); // by height, from 1
    private @Nullable HeaderId genesis;

    /** Creates an empty tree; its genesis is the parent of the first block at height 1. */
    public ForkTree() {}

    /** Creates an empty tree on a genesis block. */
    public ForkTree(HeaderId genesis) {
        this.genesis = Objects.requireNonNull(genesis, "genesis");
    }

    /**
     * Views a journal.
     *
     * @param events the events of a run, in order
     * @return the tree of its blocks
     */
    public static ForkTree of(List<? extends JournalEvent> events) {
        ForkTree tree = new ForkTree();
        events.forEach(tree::accept);
        return tree;
    }

    /**
     * Takes the next event; all but {@link BlockObserved} are passed over, and so are blocks that are here already.
     *
     * @throws IllegalArgumentException if a block comes before its parent, or its height does not fit to its parent's
     */
    public void accept(JournalEvent event) {
        if (event instanceof BlockObserved block && !blocks.containsKey(block.block())) {
            check(block);
            blocks.put(block.block(), block);
            inOrder.add(block);
            if (block.height() > height()) {
                lead(block);
            }
        }
    }

    /** Takes a block that is higher than all others as the tip of the reference chain. */
    private void lead(BlockObserved block) {
        HeaderId at = block.parent();
        for (int i = reference.size() - 1; i >= 0 && !reference.get(i).block().equals(at); i--) {
            var ancestor = known(at);
            reference.set(i, ancestor);
            at = ancestor.parent();
        }
        reference.add(block);
    }

    private void check(BlockObserved block) {
        if (block.height() == 1) {
            if (genesis == null) {
                genesis = block.parent();
            }
            if (genesis.equals(block.parent())) {
                return;
            }
        }
        BlockObserved parent = blocks.get(block.parent());
        if (parent == null) {
            throw new IllegalArgumentException("block " + block.block() + " at height " + block.height()
                    + " was observed before its parent " + block.parent());
        }
        if (parent.height() + 1 != block.height()) {
            throw new IllegalArgumentException("block " + block.block() + " has height " + block.height()
                    + " but its parent " + block.parent() + " has height " + parent.height());
        }
    }

    /** {@return the number of blocks on all branches, without genesis} */
    public int size() {
        return inOrder.size();
    }

    /** {@return the blocks of all branches in the order in which they were first seen, without genesis} */
    public List<BlockObserved> blocks() {
        return Collections.unmodifiableList(inOrder);
    }

    /** Finds a block; empty if it was not seen, and for genesis. */
    public Optional<BlockObserved> find(HeaderId id) {
        return Optional.ofNullable(blocks.get(id));
    }

    /** Returns the height of a block in blocks from genesis: 0 for genesis, -1 for a block that was not seen. */
    public long heightOf(HeaderId id) {
        BlockObserved block = blocks.get(id);
        if (block == null) {
            return id.equals(genesis) ? 0 : -1;
        }
        return block.height();
    }

    /**
     * {@return the tip of the reference chain: the highest block, the first seen among equals; empty if none was seen}
     */
    public Optional<BlockObserved> tip() {
        return reference.isEmpty() ? Optional.empty() : Optional.of(reference.get(reference.size() - 1));
    }

    /** {@return the height of the reference chain: blocks from genesis} */
    public long height() {
        return reference.size();
    }

    /** {@return the blocks of the reference chain, oldest first, without genesis} */
    public List<BlockObserved> chain() {
        return new ArrayList<>(reference);
    }

    /**
     * Returns the chain that ends with a block.
     *
     * @param id the block, or genesis
     * @return blocks from height 1 to it, oldest first; empty for genesis
     * @throws IllegalArgumentException if the block was not seen
     */
    public List<BlockObserved> chainTo(HeaderId id) {
        return id.equals(genesis) ? List.of() : lastOf(id, known(id).height());
    }

    /**
     * Returns the part of a chain after one of its blocks.
     *
     * @param after a block of the chain, or genesis
     * @param to the last block of the chain
     * @return blocks after {@code after} up to {@code to}, oldest first
     * @throws IllegalArgumentException if a block was not seen, or {@code after} is no ancestor of {@code to}
     */
    public List<BlockObserved> branch(HeaderId after, HeaderId to) {
        if (!isAncestor(after, to)) {
            throw new IllegalArgumentException("block " + after + " is no ancestor of block " + to);
        }
        return lastOf(to, heightOf(to) - heightOf(after));
    }

    private List<BlockObserved> lastOf(HeaderId id, long count) {
        List<BlockObserved> chain = new ArrayList<>();
        HeaderId at = id;
        for (long i = 0; i < count; i++) {
            BlockObserved block = known(at);
            chain.add(block);
            at = block.parent();
        }
        Collections.reverse(chain);
        return chain;
    }

    /**
     * Says whether a block is on the chain that ends with another one.
     *
     * @param ancestor the older block, or genesis
     * @param id the younger block; a block counts as its own ancestor
     * @return whether the way from {@code id} to genesis leads over {@code ancestor}; false if either was not seen
     */
    public boolean isAncestor(HeaderId ancestor, HeaderId id) {
        long height = heightOf(ancestor);
        long from = heightOf(id);
        return height >= 0 && from >= height && ancestorAt(id, height).equals(ancestor);
    }

    /**
     * Returns the ancestor of a block at a height.
     *
     * @param id a block or genesis
     * @param height from 0 to the height of the block
     * @return the block at that height on the way to genesis
     * @throws IllegalArgumentException if the block was not seen, or is lower than {@code height}
     */
    public HeaderId ancestorAt(HeaderId id, long height) {
        long from = heightOf(id);
        if (height < 0 || from < height) {
            throw new IllegalArgumentException(
                    "block " + id + " of height " + from + " has no ancestor at height " + height);
        }
        HeaderId at = id;
        for (long above = from; above > height; above--) {
            if (reference.get((int) above - 1).block().equals(at)) {
                return height == 0
                        ? reference.get(0).parent()
                        : reference.get((int) height - 1).block();
            }
            at = known(at).parent();
        }
        return at;
    }

    /**
     * Returns the last block that two chains share.
     *
     * @param one the end of a chain, or genesis
     * @param other the end of another
     * @return the last common block, perhaps genesis
     * @throws IllegalArgumentException if a block was not seen
     */
    public HeaderId commonAncestor(HeaderId one, HeaderId other) {
        long height = Math.min(heightOf(one), heightOf(other));
        HeaderId a = ancestorAt(one, height);
        HeaderId b = ancestorAt(other, height);
        while (!a.equals(b)) {
            a = known(a).parent();
            b = known(b).parent();
        }
        return a;
    }

    private BlockObserved known(HeaderId id) {
        BlockObserved block = blocks.get(id);
        if (block == null) {
            throw new IllegalArgumentException("block " + id + " was not seen");
        }
        return block;
    }
}
