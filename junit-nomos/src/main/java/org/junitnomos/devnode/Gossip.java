package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Floods transactions and proposals: what is seen first goes on to all other peers. */
final class Gossip {
    private static final int SEEN_TRANSACTIONS = 32_768;
    private static final int SEEN_PROPOSALS = 4_096;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final LinkQualities links;
    private final Mempool mempool;
    private final BlockIntake intake;
    private final BlockSync sync;
    private final BlobCheck blobs;
    private final NodeLog log;
    private final long chainStartMillis;
    private final SeenCache<SignedMantleTx> seenTransactions = new SeenCache<>(SEEN_TRANSACTIONS);
    private final SeenCache<HeaderId> seenProposals = new SeenCache<>(SEEN_PROPOSALS);

    Gossip(
            LinkQualities links,
            Mempool mempool,
            BlockIntake intake,
            BlockSync sync,
            BlobCheck blobs,
            NodeLog log,
            long chainStartMillis) {
        this.links = links;
        this.mempool = mempool;
        this.intake = intake;
        this.sync = sync;
        this.blobs = blobs;
        this.log = log;
        this.chainStartMillis = chainStartMillis;
    }

    private long millisSince1970(long now) {
        return chainStartMillis + now / NANOS_PER_MILLI;
    }

    /** Takes a transaction from a client; false if it is in the mempool already. */
    boolean submit(SignedMantleTx transaction, long now) {
        if (!mempool.add(transaction, millisSince1970(now))) {
            return false;
        }
        seenTransactions.add(transaction);
        blobs.pending().pooled(transaction, now);
        if (transaction.storedLength() <= Block.MAX_STORED_LENGTH) {
            links.sendToAllBut(null, new PeerMessage.Transaction(transaction), now);
        }
        return true;
    }

    void receive(String peer, PeerMessage.Transaction message, long now) {
        SignedMantleTx transaction = message.transaction();
        if (!seenTransactions.add(transaction)) {
            return;
        }
        Optional<String> error = transaction.findShapeError();
        if (error.isPresent()) {
            log.badMessage(peer, "transaction " + transaction.hash() + ": " + error.get());
            return;
        }
        if (mempool.add(transaction, millisSince1970(now))) {
            blobs.pending().pooled(transaction, now);
        }
        links.sendToAllBut(peer, message, now);
    }

    /** Publishes a block of this node. */
    void propose(Block block, long now) {
        if (intake.takeRebuilt(block, true) == BlockIntake.Result.APPLIED) {
            seenProposals.add(block.id());
            links.sendToAllBut(null, PeerMessage.Proposal.of(block), now);
        }
    }

    void receive(String peer, PeerMessage.Proposal proposal, long now) {
        HeaderId id = proposal.header().id();
        if (seenProposals.contains(id)) {
            return;
        }
        if (proposal.transactions().size() > Block.MAX_TRANSACTIONS
                || !BlockSigner.isSigned(proposal.header(), proposal.signature())) {
            log.badMessage(peer, "proposal " + id + " is too long or not signed by its leader");
            return;
        }
        seenProposals.add(id);
        links.sendToAllBut(peer, proposal, now);
        Block block = rebuild(proposal);
        if (block == null) {
            return;
        }
        if (blobs.passes(block, now)) {
            take(peer, block, now);
        } else {
            log.warn("Rejected block " + id + " of slot " + block.header().slot()
                    + ": Block contains invalid blobs: this node did not sample them, or has a block with them.");
        }
    }

    private void take(String peer, Block block, long now) {
        if (intake.takeRebuilt(block, false) == BlockIntake.Result.ORPHAN) {
            sync.fetch(block.id(), peer, now);
        }
    }

    /**
     * Null if a transaction is missing: such a proposal is forgotten, and its block not asked for (node contract 2.9).
     */
    private @Nullable Block rebuild(PeerMessage.Proposal proposal) {
        List<SignedMantleTx> transactions =
                new ArrayList<>(proposal.transactions().size());
        for (TxHash hash : proposal.transactions()) {
            SignedMantleTx transaction = mempool.find(hash);
            if (transaction == null) {
                log.warn("Failed to reconstruct block " + proposal.header().id() + " of slot "
                        + proposal.header().slot() + ": mempool transactions not found, " + hash + " first.");
                return null;
            }
            transactions.add(transaction);
        }
        return new Block(proposal.header(), proposal.signature(), transactions);
    }
}
