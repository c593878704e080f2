package org.junitnomos.devnode.planted;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Create nodes whose ledger accepts a transaction again, and whose leaders include each one a second time. */
public record IncludesTwice() implements NodeCoreFactory {
    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        DevNodeParts parts =
                DevNodeParts.standard().withTransactionRules(new AcceptsAgain()).withMempool(OffersAgain::new);
        return new DevNode(config, store, outbox, parts);
    }

    private static final class AcceptsAgain implements TransactionRules {
        private final Set<TxHash> applied = new HashSet<>();

        @Override
        public LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber)
                throws RejectedTransactionException {
            try {
                LedgerState next = StandardRules.INSTANCE.apply(state, transaction, blockNumber);
                applied.add(transaction.hash());
                return next;
            } catch (RejectedTransactionException rejected) {
                if (applied.contains(transaction.hash())) {
                    return state;
                }
                throw rejected;
            }
        }
    }

    private static final class OffersAgain extends MempoolWrapper {
        private final Deque<SignedMantleTx> again = new ArrayDeque<>();
        private final Set<TxHash> offered = new HashSet<>();

        @Override
        public void include(HeaderId block, List<SignedMantleTx> transactions) {
            super.include(block, transactions);
            for (SignedMantleTx transaction : transactions) {
                if (offered.add(transaction.hash())) {
                    again.add(transaction);
                }
            }
        }

        @Override
        public List<SignedMantleTx> pending() {
            List<SignedMantleTx> pending = new ArrayList<>(super.pending());
            pending.addAll(again);
            again.clear();
            return pending;
        }
    }
}
