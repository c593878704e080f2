package org.junitnomos.devnode;

import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainUpdate;
import org.junitnomos.devnode.chain.InvalidBlockException;
import org.junitnomos.devnode.da.DataAvailabilityService;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.NodeRule;

/** Takes blocks into the chain and lets store, mempool and streams follow. */
final class BlockIntake {
    private static final int REMEMBERED_INVALID = 256;

    private final Chain chain;
    private final DataAvailabilityService availability;
    private final Mempool mempool;
    private final Archive archive;
    private final BlockStreams streams;
    private final NodeLog log;
    private final SeenCache<HeaderId> invalid = new SeenCache<>(REMEMBERED_INVALID);
    private long applied;

    /** What became of a block. */
    enum Result {
        APPLIED,
        KNOWN,
        ORPHAN,
        INVALID
    }

    BlockIntake(
            Chain chain,
            DataAvailabilityService availability,
            Mempool mempool,
            Archive archive,
            BlockStreams streams,
            NodeLog log) {
        this.chain = chain;
        this.availability = availability;
        this.mempool = mempool;
        this.archive = archive;
        this.streams = streams;
        this.log = log;
    }

    /** Takes a block whose transactions come from the mempool; if it is not valid, theirs may be the wrong proofs. */
    Result takeRebuilt(Block block, boolean own) {
        return take(block, own, false);
    }

    /** Takes a block as a peer sent it; if it is not valid it never will be. */
    Result takeWhole(Block block) {
        return take(block, false, true);
    }

    /** How many blocks were applied in this life. */
    long applied() {
        return applied;
    }

    boolean isInvalid(HeaderId id) {
        return invalid.contains(id);
    }

    private Result take(Block block, boolean own, boolean remember) {
        if (chain.find(block.id()) != null) {
            return Result.KNOWN;
        }
        if (invalid.contains(block.id())) {
            return Result.INVALID;
        }
        if (chain.find(block.header().parent()) == null) {
            return Result.ORPHAN;
        }
        ChainUpdate update;
        try {
            update = chain.apply(block);
        } catch (InvalidBlockException rejected) {
            log.warn("Rejected block " + block.id() + " of slot "
                    + block.header().slot() + ": " + rejected.getMessage() + ".");
            if (remember) {
                invalid.add(block.id());
            }
            return Result.INVALID;
        }
        applied++;
        archive.append(block);
        streams.publishBlock(block);
        if (!own) {
            mempool.include(block.id(), block.transactions());
            availability.pending().applied(block.transactions());
        }
        follow(update);
        update.finalized().forEach(streams::publishFinalized);
        return Result.APPLIED;
    }

    /** Lets sessions and mempool follow the tip; what a block that was left contained does not come back. */
    void follow(ChainUpdate update) {
        update.finalized().stream().filter(block -> block.height() == 1).forEach(this::checkBeginning);
        availability.sessions().follow(update.adopted());
        if (!update.orphaned().isEmpty()) {
            log.info("Reorganized: left " + update.orphaned().size() + " blocks from height "
                    + update.adopted().get(0).height() + " on, the tip is " + chain.tip() + ".");
        }
        for (ChainBlock finalized : update.finalized()) {
            Block content = finalized.block();
            if (content != null) {
                mempool.settle(content.transactions());
            }
        }
    }

    /** Tells when the chain that earlier lives were on is given up for good. */
    private void checkBeginning(ChainBlock first) {
        if (archive.size() > 0 && archive.find(first.id()) == null) {
            log.warn("After a restart " + NodeRule.RESTART.logText() + ": block " + first.id() + " of slot "
                    + first.slot() + " is final at height 1, and the " + archive.size()
                    + " blocks stored before are on another chain.");
        }
    }
}
