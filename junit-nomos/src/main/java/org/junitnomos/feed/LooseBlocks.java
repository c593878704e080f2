package org.junitnomos.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * Blocks that were fetched but do not hang together with genesis yet, and what is missing between. Not thread-safe.
 */
final class LooseBlocks {

    /**
     * A fetched block.
     *
     * @param node name of the node that served it
     * @param at when, nanoseconds of run time
     */
    record Loose(HeaderId id, Block block, String node, long at) {}

    private final Map<HeaderId, Loose> loose = new HashMap<>();
    private final Map<HeaderId, List<Loose>> byParent = new HashMap<>();
    private final Map<HeaderId, Set<String>> missing = new LinkedHashMap<>();
    /** Since when somebody is fetching a block, in nanoseconds of run time. */
    private final Map<HeaderId, Long> claimed = new HashMap<>();

    /**
     * Finds the block to fetch next so that the chain below a block becomes whole, and claims it.
     *
     * @param id where the chain ends
     * @param known tells the blocks that hang together with genesis
     * @param at when, nanoseconds of run time
     * @param patience how long, in nanoseconds, a claim is left to its owner, whose node may hang
     * @return the first block missing on the way down; null if there is none, or somebody else is fetching it
     */
    @Nullable
    HeaderId claimBelow(HeaderId id, Predicate<HeaderId> known, long at, long patience) {
        HeaderId below = id;
        // A chain of parents has no circle unless a node lies; then it is no chain that leads to genesis.
        for (int steps = 0; steps <= loose.size(); steps++) {
            if (known.test(below)) {
                return null;
            }
            Loose here = loose.get(below);
            if (here == null) {
                return claim(below, at, patience) ? below : null;
            }
            below = here.block().header().parent();
        }
        return null;
    }

    /** Claims a missing block; false if somebody else is fetching it or it is no longer missing. */
    boolean claimMissing(HeaderId id, long at, long patience) {
        return missing.containsKey(id) && claim(id, at, patience);
    }

    private boolean claim(HeaderId id, long at, long patience) {
        Long since = claimed.get(id);
        if (since != null && at - since < patience) {
            return false;
        }
        claimed.put(id, at);
        return true;
    }

    void release(HeaderId id) {
        claimed.remove(id);
    }

    void add(Loose block) {
        claimed.remove(block.id());
        missing.remove(block.id());
        if (loose.putIfAbsent(block.id(), block) == null) {
            byParent.computeIfAbsent(block.block().header().parent(), parent -> new ArrayList<>(1))
                    .add(block);
        }
    }

    /** Takes out the blocks whose parent is known now. */
    List<Loose> takeChildren(HeaderId parent) {
        List<Loose> children = byParent.remove(parent);
        if (children == null) {
            return List.of();
        }
        children.forEach(child -> loose.remove(child.id()));
        return children;
    }

    /** A node does not serve a block; returns whether it said so before. */
    boolean notServed(HeaderId id, String node) {
        claimed.remove(id);
        return !missing.computeIfAbsent(id, unknown -> new HashSet<>()).add(node);
    }

    /** Returns missing blocks, longest missing first, at most {@code limit}. */
    List<HeaderId> missing(int limit) {
        return missing.keySet().stream().limit(limit).toList();
    }
}
