package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.devnode.chain.Lottery;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.SignedMantleTx;

/** Play the lottery of each slot and propose a block when it is won (node contract 3.3, 3.5). */
final class BlockProducer {
    private final Chain chain;
    private final Lottery lottery;
    private final TransactionRules rules;
    private final Mempool mempool;
    private final Gossip gossip;
    private final NodeLog log;

    BlockProducer(
            Chain chain, Lottery lottery, TransactionRules rules, Mempool mempool, Gossip gossip, NodeLog log) {
        this.chain = chain;
        this.lottery = lottery;
        this.rules = rules;
        this.mempool = mempool;
        this.gossip = gossip;
        this.log = log;
    }

    void play(long slot, long now) {
        ChainBlock tip = chain.tip();
        ChainState state = chain.tipState();
        if (slot <= tip.slot()) {
            return;
        }
        ChainState.Epoch epoch = state.epochAt(chain.parameters(), slot);
        if (lottery.wins(epoch, slot, state.ledger())) {
            List<SignedMantleTx> transactions = select(state.ledger(), tip.height() + 1);
            Block block = BlockSigner.sign(tip.id(), slot, transactions);
            mempool.proposed();
            log.info("Proposed block " + block.id() + " at height " + (tip.height() + 1) + " of slot " + slot + " with "
                    + transactions.size() + " transactions.");
            gossip.propose(block, now);
        }
    }

    private List<SignedMantleTx> select(LedgerState before, int height) {
        LedgerState ledger = before;
        List<SignedMantleTx> selected = new ArrayList<>();
        for (SignedMantleTx candidate : mempool.pending(Block.MAX_TRANSACTIONS)) {
            try {
                ledger = rules.apply(ledger, candidate, height);
                selected.add(candidate);
            } catch (RejectedTransactionException rejected) {
                mempool.drop(candidate.hash());
                log.info("Dropped transaction " + candidate.hash() + ": " + rejected.getMessage() + ".");
            }
        }
        return selected;
    }
}
