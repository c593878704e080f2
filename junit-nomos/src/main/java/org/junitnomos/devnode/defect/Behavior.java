package org.junitnomos.devnode.defect;

import java.util.function.UnaryOperator;
import org.junitnomos.devnode.LeaderRules;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.ForkChoice;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.devnode.mempool.Mempool;

/** What a defect makes of the parts of a right node, while it is in force; a part that it does not name stays right. */
abstract class Behavior {
    LeaderRules leader(LeaderRules right) {
        return right;
    }

    TransactionRules transactions(TransactionRules right) {
        return right;
    }

    BlockRules blocks(BlockRules right) {
        return right;
    }

    ForkChoice forkChoice(ForkChoice right) {
        return right;
    }

    Mempool mempool(Mempool right) {
        return right;
    }

    DaRules shares(DaRules right) {
        return right;
    }

    NodeStore store(NodeStore right) {
        return right;
    }

    Outbox outbox(Outbox right) {
        return right;
    }

    NodeCore core(NodeCore right) {
        return right;
    }

    static Behavior ofLeader(UnaryOperator<LeaderRules> change) {
        return new Behavior() {
            @Override
            LeaderRules leader(LeaderRules right) {
                return change.apply(right);
            }
        };
    }

    static Behavior ofTransactions(UnaryOperator<TransactionRules> change) {
        return new Behavior() {
            @Override
            TransactionRules transactions(TransactionRules right) {
                return change.apply(right);
            }
        };
    }

    static Behavior ofForkChoice(UnaryOperator<ForkChoice> change) {
        return new Behavior() {
            @Override
            ForkChoice forkChoice(ForkChoice right) {
                return change.apply(right);
            }
        };
    }

    static Behavior ofMempool(UnaryOperator<Mempool> change) {
        return new Behavior() {
            @Override
            Mempool mempool(Mempool right) {
                return change.apply(right);
            }
        };
    }

    static Behavior ofShares(UnaryOperator<DaRules> change) {
        return new Behavior() {
            @Override
            DaRules shares(DaRules right) {
                return change.apply(right);
            }
        };
    }

    static Behavior ofOutbox(UnaryOperator<Outbox> change) {
        return new Behavior() {
            @Override
            Outbox outbox(Outbox right) {
                return change.apply(right);
            }
        };
    }

    static Behavior ofCore(UnaryOperator<NodeCore> change) {
        return new Behavior() {
            @Override
            NodeCore core(NodeCore right) {
                return change.apply(right);
            }
        };
    }
}
