package org.junitnomos.devnode.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * Keeps the tree of blocks from the last irreversible block (LIB) on, and the final chain before it (node contract
 * 3.4). Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Chain {
    private final ChainParameters parameters;
    private final BlockRules rules;
    private final ForkChoice forkChoice;
    private final Map<HeaderId, ChainBlock> blocks = new HashMap<>();
    private final List<ChainBlock> finals = new ArrayList<>();
    private ChainBlock tip;
    private ChainBlock branchRoot;
    private boolean online;

    /**
     * Creates a chain of genesis alone, in mode Bootstrapping.
     *
     * @param parameters the chain
     * @param rules rules of the blocks
     * @param forkChoice choice between branches
     */
    public Chain(ChainParameters parameters, BlockRules rules, ForkChoice forkChoice) {
        this.parameters = parameters;
        this.rules = rules;
        this.forkChoice = forkChoice;
        ChainBlock genesis =
                new ChainBlock(parameters.genesis().header().id(), null, null, ChainState.genesis(parameters));
        blocks.put(genesis.id(), genesis);
        finals.add(genesis);
        this.tip = genesis;
        this.branchRoot = genesis;
    }

    /**
     * Returns the parameters.
     *
     * @return the parameters
     */
    public ChainParameters parameters() {
        return parameters;
    }

    /**
     * Returns the end of the chosen branch.
     *
     * @return the tip
     */
    public ChainBlock tip() {
        return tip;
    }

    /**
     * Returns the last irreversible block.
     *
     * @return the last final block
     */
    public ChainBlock lib() {
        return finals.get(finals.size() - 1);
    }

    /**
     * Returns the final chain.
     *
     * @return the blocks by height, genesis first; unmodifiable view
     */
    public List<ChainBlock> finals() {
        return Collections.unmodifiableList(finals);
    }

    /**
     * Tells whether the node is in mode Online.
     *
     * @return false while it is bootstrapping
     */
    public boolean isOnline() {
        return online;
    }

    /**
     * Finds a block.
     *
     * @param id its id
     * @return its place in the tree; null if it is unknown or on a branch older than the LIB
     */
    public @Nullable ChainBlock find(HeaderId id) {
        return blocks.get(id);
    }

    /**
     * Returns the state after the tip.
     *
     * @return the state
     */
    public ChainState tipState() {
        return Objects.requireNonNull(tip.state(), "state of the tip");
    }

    /**
     * Leaves mode Bootstrapping: from now on the LIB follows the tip.
     *
     * @return the blocks that became final
     */
    public ChainUpdate goOnline() {
        if (online) {
            return ChainUpdate.NONE;
        }
        online = true;
        return new ChainUpdate(List.of(), List.of(), advanceLib());
    }

    /** Goes back to mode Bootstrapping: the LIB stays where it is. */
    public void goBootstrapping() {
        online = false;
    }

    /**
     * Applies a block that is not in the tree.
     *
     * @param block the block
     * @return what changed; empty lists if the tip stays
     * @throws InvalidBlockException if it is not valid, or its parent is unknown or too old to branch off
     */
    public ChainUpdate apply(Block block) throws InvalidBlockException {
        return add(block, rules::apply);
    }

    /**
     * Applies a block of the node's own store.
     *
     * @param block the block
     * @return what changed; empty lists if the tip stays
     * @throws InvalidBlockException if its parent is unknown or too old to branch off, or the block is not valid
     */
    public ChainUpdate replay(Block block) throws InvalidBlockException {
        return add(block, rules::replay);
    }

    private ChainUpdate add(Block block, BlockRules how) throws InvalidBlockException {
        ChainBlock parent = blocks.get(block.header().parent());
        if (parent == null) {
            throw new InvalidBlockException("its parent " + block.header().parent() + " is unknown");
        }
        ChainState parentState = parent.state();
        if (parentState == null) {
            throw new InvalidBlockException(
                    "its parent at height " + parent.height() + " is older than the LIB at height " + lib().height());
        }
        ChainState state = how.apply(parentState, parent.height() + 1, block);
        ChainBlock added = new ChainBlock(block.id(), parent, block, state);
        parent.children().add(added);
        blocks.put(added.id(), added);
        return forkChoice.prefers(added, tip, parameters, online) ? switchTo(added) : ChainUpdate.NONE;
    }

    private ChainUpdate switchTo(ChainBlock newTip) {
        ChainBlock fork = ChainBlock.commonAncestor(newTip, tip);
        List<ChainBlock> orphaned = pathDown(tip, fork);
        List<ChainBlock> adopted = pathDown(newTip, fork);
        Collections.reverse(adopted);
        tip = newTip;
        return new ChainUpdate(orphaned, adopted, online ? advanceLib() : List.of());
    }

    private static List<ChainBlock> pathDown(ChainBlock from, ChainBlock to) {
        List<ChainBlock> path = new ArrayList<>();
        for (ChainBlock block = from; block != null && block != to; block = block.parent()) {
            path.add(block);
        }
        return path;
    }

    private List<ChainBlock> advanceLib() {
        ChainBlock lib = tip.ancestor(parameters.securityParameter());
        List<ChainBlock> added = new ArrayList<>();
        for (ChainBlock block = lib; block != null && !isFinal(block); block = block.parent()) {
            added.add(block);
        }
        Collections.reverse(added);
        if (!added.isEmpty()) {
            int first = added.get(0).height();
            while (finals.size() > first) {
                finals.remove(finals.size() - 1);
            }
            finals.addAll(added);
        }
        prune(tip.ancestor(Math.max(parameters.securityParameter(), forkChoice.branchDepth(parameters))));
        return added;
    }

    /**
     * Tells whether a block is in the final chain.
     *
     * @param block the block
     * @return whether it is final
     */
    public boolean isFinal(ChainBlock block) {
        return block.height() < finals.size() && finals.get(block.height()) == block;
    }

    /** Forgets the states before the new root, and the branches that begin there. */
    private void prune(ChainBlock newRoot) {
        if (newRoot.height() <= branchRoot.height()) {
            return;
        }
        ChainBlock kept = newRoot;
        for (ChainBlock block = newRoot.parent(); block != null; block = block.parent()) {
            for (ChainBlock child : block.children()) {
                if (child != kept) {
                    forget(child);
                }
            }
            block.children().clear();
            block.dropState();
            if (block == branchRoot) {
                break;
            }
            kept = block;
        }
        branchRoot = newRoot;
    }

    private void forget(ChainBlock branch) {
        Deque<ChainBlock> left = new ArrayDeque<>();
        left.add(branch);
        while (!left.isEmpty()) {
            ChainBlock block = left.remove();
            blocks.remove(block.id());
            left.addAll(block.children());
        }
    }
}
