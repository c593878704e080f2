package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.devnode.chain.Lottery;
import org.junitnomos.devnode.da.PendingBlobs;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.topology.NodeRule;

/** Plays the lottery of each slot and proposes a block when it is won (node contract 3.3, 3.5). */
final class BlockProducer {
    /** From so many epochs after that of the tip on, a leader knows no notes to play with (node contract 3.2). */
    private static final int SILENT_EPOCHS = 2;

    /** What a block has room for, in bytes (node contract 2.5). */
    private static final int ROOM = Block.MAX_STORED_LENGTH - Block.EMPTY_STORED_LENGTH;

    private final Set<TxHash> mined = new HashSet<>();
    private final Chain chain;
    private final Lottery lottery;
    private final LeaderRules leader;
    private final TransactionRules rules;
    private final Mempool mempool;
    private final PendingBlobs blobs;
    private final OwnProposals proposals;
    private final NodeLog log;

    BlockProducer(
            Chain chain,
            Lottery lottery,
            DevNodeParts parts,
            Mempool mempool,
            PendingBlobs blobs,
            OwnProposals proposals,
            NodeLog log) {
        this.chain = chain;
        this.lottery = lottery;
        this.leader = parts.leader();
        this.rules = parts.transactionRules();
        this.mempool = mempool;
        this.blobs = blobs;
        this.proposals = proposals;
        this.log = log;
    }

    void play(long slot, long now) {
        ChainBlock tip = chain.tip();
        ChainState state = chain.tipState();
        if (slot <= tip.slot()) {
            return;
        }
        ChainState.Epoch epoch = state.epochAt(chain.parameters(), slot);
        if (obeys(NodeRule.SILENT_EPOCHS) && epoch.number() - state.epoch().number() >= SILENT_EPOCHS) {
            log.error("trying to propose a block for slot " + slot + " but " + NodeRule.SILENT_EPOCHS.logText());
            return;
        }
        if (leader.leads(lottery.wins(epoch, slot, state.ledger()))) {
            propose(leader.parent(tip), leader.slot(slot), now);
        }
    }

    private void propose(ChainBlock parent, long slot, long now) {
        int height = parent.height() + 1;
        LedgerState before =
                Objects.requireNonNull(parent.state(), "state of the parent").ledger();
        List<SignedMantleTx> transactions = leader.transactions(select(before, height));
        int length = lengthOf(transactions);
        if (length > ROOM) {
            log.error("Error processing local block: Failed to store block: " + NodeRule.BLOCK_SIZE.logText() + ": "
                    + transactions.size() + " valid transactions of " + length + " bytes, at most " + ROOM);
            return;
        }
        for (Block block : leader.blocks(BlockSigner.sign(parent.id(), slot, transactions))) {
            log.info("Proposed block " + block.id() + " at height " + height + " of slot " + slot + " with "
                    + block.transactions().size() + " transactions.");
            proposals.publish(block, height, now);
        }
    }

    private boolean obeys(NodeRule rule) {
        return chain.parameters().obeys(rule);
    }

    private static int lengthOf(List<SignedMantleTx> transactions) {
        return transactions.stream().mapToInt(SignedMantleTx::storedLength).sum();
    }

    private boolean isHeld(SignedMantleTx candidate) {
        return !blobs.admits(List.of(candidate));
    }

    /** Takes all that wait but what was too long to be stored, which waits for ever (node contract 1.4). */
    private List<SignedMantleTx> all() {
        List<SignedMantleTx> all = new ArrayList<>(mempool.pending());
        all.removeIf(candidate -> candidate.storedLength() > Block.MAX_STORED_LENGTH || isHeld(candidate));
        return all;
    }

    /** Takes the oldest as long as a block has room; what no block has room for is pruned. */
    private List<SignedMantleTx> oldestThatFit() {
        List<SignedMantleTx> oldest = new ArrayList<>();
        int length = 0;
        for (SignedMantleTx candidate : mempool.pending()) {
            if (isHeld(candidate)) {
                continue;
            }
            int own = candidate.storedLength();
            if (own > ROOM) {
                mempool.prune(candidate.hash());
                log.info(
                        "Dropped transaction " + candidate.hash() + ": its " + own + " bytes do not fit into a block.");
            } else if (length + own > ROOM) {
                break;
            } else {
                length += own;
                oldest.add(candidate);
            }
        }
        return oldest;
    }

    /**
     * Selects what the ledger takes in one pass by id, and prunes what it refuses, without a second try (node contract
     * 3.5): of two that depend on each other the child survives only if its id is the larger one, and of two in
     * conflict the one with the smaller id wins. What this node mined itself fails here as well. A transaction whose
     * blobs are not sampled yet is passed over and waits on.
     */
    private List<SignedMantleTx> select(LedgerState before, int height) {
        LedgerState ledger = before;
        List<SignedMantleTx> selected = new ArrayList<>();
        List<SignedMantleTx> candidates = obeys(NodeRule.BLOCK_SIZE) ? all() : oldestThatFit();
        candidates.sort(Comparator.comparing(SignedMantleTx::hash));
        for (SignedMantleTx candidate : candidates) {
            try {
                ledger = rules.apply(ledger, candidate, height);
                selected.add(candidate);
            } catch (RejectedTransactionException rejected) {
                prune(candidate.hash(), rejected);
            }
        }
        mined.clear();
        selected.forEach(transaction -> mined.add(transaction.hash()));
        return selected;
    }

    private void prune(TxHash transaction, RejectedTransactionException rejected) {
        mempool.prune(transaction);
        if (mined.contains(transaction)) {
            log.debug("Forgot transaction " + transaction + " of the last block that this node made.");
        } else {
            log.info("Dropped transaction " + transaction + ": " + rejected.getMessage() + ".");
        }
    }
}
