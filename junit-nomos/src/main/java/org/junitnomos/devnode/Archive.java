package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * Keeps the blocks of a node, and knows those of its earlier lives: they can be read, although its chain begins at
 * genesis again (node contract 5.2).
 */
final class Archive {
    private final NodeStore store;
    private final Map<HeaderId, Block> earlier = new HashMap<>();
    private final TreeMap<Long, Block> belowLib = new TreeMap<>(Long::compareUnsigned);

    Archive(NodeStore store) {
        this.store = store;
    }

    /** Reads what earlier lives stored; a block with more than k blocks above it was below their LIB. */
    void open(int securityParameter) {
        List<Block> blocks = store.blocks();
        Map<HeaderId, Integer> above = new HashMap<>();
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            int own = above.getOrDefault(block.id(), 0);
            above.merge(block.header().parent(), own + 1, Math::max);
        }
        for (Block block : blocks) {
            earlier.put(block.id(), block);
            if (above.getOrDefault(block.id(), 0) > securityParameter) {
                belowLib.put(block.header().slot(), block);
            }
        }
    }

    /** Keeps a block of this life; one that an earlier life stored is here already. */
    void append(Block block) {
        if (!earlier.containsKey(block.id())) {
            store.append(block);
        }
    }

    /** Returns how many blocks of earlier lives can be read. */
    int size() {
        return earlier.size();
    }

    /** Finds a block of an earlier life; null if there is none. */
    @Nullable
    Block find(HeaderId id) {
        return earlier.get(id);
    }

    /** Adds what earlier lives had below their LIB to blocks of this life, in order of slots, both ends inclusive. */
    List<Block> withEarlier(List<Block> own, long fromSlot, long toSlot) {
        if (belowLib.isEmpty() || Long.compareUnsigned(fromSlot, toSlot) > 0) {
            return own;
        }
        TreeMap<Long, Block> all = new TreeMap<>(belowLib.subMap(fromSlot, true, toSlot, true));
        own.forEach(block -> all.put(block.header().slot(), block));
        return new ArrayList<>(all.values());
    }
}
