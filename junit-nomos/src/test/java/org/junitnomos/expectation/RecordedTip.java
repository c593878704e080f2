package org.junitnomos.expectation;

import org.jspecify.annotations.Nullable;

/** What a node of a recorded run says of its tip; null is what the recorded blocks say. */
record RecordedTip(
        int block,
        @Nullable Long slot,
        @Nullable Long height,
        int reorgDepth,
        @Nullable Integer lib) {
    /** The tip is the block of that number, reached without a reorg. */
    static RecordedTip tip(int block) {
        return new RecordedTip(block, null, null, 0, null);
    }

    RecordedTip slot(long newSlot) {
        return new RecordedTip(block, newSlot, height, reorgDepth, lib);
    }

    RecordedTip height(long newHeight) {
        return new RecordedTip(block, slot, newHeight, reorgDepth, lib);
    }

    /** Let the node have taken back so many blocks to get there. */
    RecordedTip tookBack(int blocks) {
        return new RecordedTip(block, slot, height, blocks, lib);
    }

    /** Let the last irreversible block be another than the one k blocks below. */
    RecordedTip lib(int newLib) {
        return new RecordedTip(block, slot, height, reorgDepth, newLib);
    }
}
