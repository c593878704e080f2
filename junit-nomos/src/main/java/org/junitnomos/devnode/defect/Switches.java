package org.junitnomos.devnode.defect;

import java.util.List;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.LeaderRules;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.devnode.chain.InvalidBlockException;
import org.junitnomos.devnode.chain.LongestChain;
import org.junitnomos.devnode.chain.StandardBlockRules;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.devnode.mempool.ArrivalMempool;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.SignedMantleTx;

/** The parts of one life of a node that behaviors change: right ones, until they are set otherwise. */
final class Switches {
    private final NodeStore rightStore;
    private final Outbox rightOutbox;
    private final Mempool rightPool = new ArrivalMempool();
    private final Passing.Leader leader = new Passing.Leader(LeaderRules.STANDARD);
    private final Passing.Choice choice = new Passing.Choice(LongestChain.INSTANCE);
    private final Passing.Pool pool = new Passing.Pool(rightPool);
    private final Passing.Shares shares = new Passing.Shares(DaRules.STANDARD);
    private final Passing.Store store;
    private final Passing.Out outbox;
    private final Transactions transactions = new Transactions();
    private final Blocks blocks = new Blocks();

    Switches(NodeStore store, Outbox outbox) {
        this.rightStore = store;
        this.rightOutbox = outbox;
        this.store = new Passing.Store(store);
        this.outbox = new Passing.Out(outbox);
    }

    private static final class Transactions implements TransactionRules {
        private TransactionRules current = StandardRules.INSTANCE;

        @Override
        public LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber)
                throws RejectedTransactionException {
            return current.apply(state, transaction, blockNumber);
        }

        @Override
        public TransactionRules inForce() {
            return current;
        }
    }

    /** Its right rules are made with the chain. */
    private static final class Blocks implements BlockRules {
        private BlockRules right = (parent, height, block) -> parent;
        private BlockRules current = right;

        void begin(BlockRules made) {
            right = made;
            current = made;
        }

        @Override
        public ChainState apply(ChainState parent, int height, Block block) throws InvalidBlockException {
            return current.apply(parent, height, block);
        }

        @Override
        public ChainState replay(ChainState parent, int height, Block block) throws InvalidBlockException {
            return current.replay(parent, height, block);
        }
    }

    DevNodeParts parts() {
        return new DevNodeParts(
                transactions,
                parameters -> {
                    blocks.begin(new StandardBlockRules(parameters, transactions));
                    return blocks;
                },
                choice,
                () -> pool,
                shares,
                leader);
    }

    NodeStore store() {
        return store;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Lets these behaviors be in force, the last one outermost, and no others. */
    void set(List<Behavior> behaviors) {
        leader.right = LeaderRules.STANDARD;
        transactions.current = StandardRules.INSTANCE;
        blocks.current = blocks.right;
        choice.right = LongestChain.INSTANCE;
        pool.right = rightPool;
        shares.right = DaRules.STANDARD;
        store.right = rightStore;
        outbox.right = rightOutbox;
        for (Behavior behavior : behaviors) {
            leader.right = behavior.leader(leader.right);
            transactions.current = behavior.transactions(transactions.current);
            blocks.current = behavior.blocks(blocks.current);
            choice.right = behavior.forkChoice(choice.right);
            pool.right = behavior.mempool(pool.right);
            shares.right = behavior.shares(shares.right);
            store.right = behavior.store(store.right);
            outbox.right = behavior.outbox(outbox.right);
        }
    }
}
