package org.junitnomos.devnode.defect;

import java.util.List;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Defects of what waits for a block. */
final class PoolBehaviors {
    static final String ADD = "/mempool/add/tx";
    private static final int SWALLOWS_EVERY = 3;
    private static final int REFUSES_EVERY = 5;
    private static final int CLAIMS_EVERY = 10;
    private static final int LOSES_EVERY = 10;

    private PoolBehaviors() {}

    static Behavior swallowsTransactions(Site site) {
        return Answers.takingEvery(site, SWALLOWS_EVERY, ADD, (request, right, now) -> Answers.json("null"));
    }

    static Behavior refusesTransactions(Site site) {
        return Answers.takingEvery(
                site, REFUSES_EVERY, ADD, (request, right, now) -> Answers.error(500, "the pool is busy"));
    }

    static Behavior claimsToHaveTransactions(Site site) {
        return Answers.takingEvery(
                site, CLAIMS_EVERY, ADD, (request, right, now) -> Answers.error(500, "Item already in mempool"));
    }

    static Behavior forgetsTransactions(Site site) {
        return Behavior.ofMempool(right -> new Passing.Pool(right) {
            @Override
            public boolean add(SignedMantleTx transaction, long nowMillis) {
                return site.act(LedgerBehaviors.isChosen(transaction.hash(), SWALLOWS_EVERY))
                        || right.add(transaction, nowMillis);
            }
        });
    }

    static Behavior neverEmpties(Site site) {
        return Behavior.ofMempool(right -> new Passing.Pool(right) {
            @Override
            public void include(HeaderId block, List<SignedMantleTx> transactions) {
                site.act(!transactions.isEmpty());
            }

            @Override
            public void prune(TxHash hash) {
                site.act();
            }
        });
    }

    static Behavior losesItsPool(Site site) {
        int[] added = new int[1];
        return Behavior.ofMempool(right -> new Passing.Pool(right) {
            @Override
            public boolean add(SignedMantleTx transaction, long nowMillis) {
                boolean fresh = right.add(transaction, nowMillis);
                if (fresh && ++added[0] % LOSES_EVERY == 0) {
                    site.act();
                    right.pending().forEach(waiting -> right.prune(waiting.hash()));
                }
                return fresh;
            }
        });
    }

    static Behavior oneTransactionABlock(Site site) {
        return Behavior.ofLeader(right -> new Passing.Leader(right) {
            @Override
            public List<SignedMantleTx> transactions(List<SignedMantleTx> valid) {
                return site.act(valid.size() > 1) ? valid.subList(0, 1) : valid;
            }
        });
    }

    static Behavior knowsNoStatus(Site site) {
        return Answers.changing(
                site,
                "/mantle/status"::equals,
                body -> body.replaceAll("\\{\"InBlock\":\\{[^}]*}}|\"Pending\"", "\"Unknown\""));
    }
}
