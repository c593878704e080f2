package org.junitnomos.devnode;

import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.da.PendingBlobs;
import org.junitnomos.mantle.Block;

/** Says which blocks of others a node takes as far as their blobs are concerned (node contract 4.3, step 8). */
final class BlobCheck {
    private final SlotClock clock;
    private final PendingBlobs blobs;
    private final long checkedSlots;

    BlobCheck(ChainParameters parameters, SlotClock clock, PendingBlobs blobs) {
        this.clock = clock;
        this.blobs = blobs;
        this.checkedSlots = parameters.basePeriod() / 2;
    }

    /** {@return what samples the blobs of waiting transactions} */
    PendingBlobs pending() {
        return blobs;
    }

    /** Whether all its blobs are validated here, or it is older than half a base period, where nobody looks. */
    boolean passes(Block block, long now) {
        return clock.slotAt(now) - block.header().slot() > checkedSlots || blobs.admits(block.transactions());
    }
}
