package org.junitnomos.expectation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tree of blocks of a recorded run; block 0 is genesis. */
final class RecordedBlocks {
    private final Map<Integer, RecordedBlock> blocks = new HashMap<>();

    RecordedBlocks() {
        blocks.put(0, new RecordedBlock(0, 0, 0, List.of()));
    }

    void add(RecordedBlock block) {
        recorded(block.parent());
        blocks.put(block.number(), block);
    }

    RecordedBlock recorded(int block) {
        var known = blocks.get(block);
        if (known == null) {
            throw new IllegalArgumentException("block " + block + " was not recorded");
        }
        return known;
    }

    /** -1 if the block was not recorded. */
    long heightOf(int block) {
        if (!blocks.containsKey(block)) {
            return -1;
        }
        long height = 0;
        for (int at = block; at != 0; at = parentOf(at)) {
            height++;
        }
        return height;
    }

    /** The block so many blocks below another; genesis where the chain is not that long. */
    int below(int block, int depth) {
        int found = block;
        for (int i = 0; i < depth && found != 0; i++) {
            found = parentOf(found);
        }
        return found;
    }

    private int parentOf(int block) {
        var known = blocks.get(block);
        return known == null ? 0 : known.parent();
    }
}
