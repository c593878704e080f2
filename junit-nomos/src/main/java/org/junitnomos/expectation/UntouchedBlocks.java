package org.junitnomos.expectation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.mantle.TxHash;

/**
 * Counts, for each transaction, the blocks of the chain that leave it out although it waited for them: their leader
 * surely had it, as nothing that was done to nodes or links touched it, or the node that took the transaction.
 */
final class UntouchedBlocks {
    private final SurePools pools;
    private final Map<TxHash, Integer> counts = new LinkedHashMap<>();

    UntouchedBlocks(RunFacts facts, Proposals proposals) {
        this.pools = new SurePools(facts, proposals);
        var open = new LinkedHashMap<TxHash, Long>();
        for (var event : facts.events) {
            if (event instanceof TransactionAccepted one) {
                open.putIfAbsent(one.transaction(), one.at());
            }
        }
        for (var block : facts.tree.chain()) {
            var makers = proposals.makersOf(block.block());
            var carried = new HashSet<TxHash>();
            block.transactions().forEach(each -> carried.add(each.hash()));
            open.keySet().removeAll(carried);
            if (!makers.isEmpty()) {
                open.forEach((hash, at) -> {
                    if (at < block.at() && wasHad(hash, block, makers)) {
                        counts.merge(hash, 1, Integer::sum);
                    }
                });
            }
        }
    }

    private boolean wasHad(TxHash hash, BlockObserved block, Set<String> makers) {
        return pools.takersOf(hash).stream()
                .anyMatch(one -> !pools.mayBeFull(block, one)
                        && makers.stream().anyMatch(leader -> pools.has(leader, one, block.slot())));
    }

    /** How many blocks leave a transaction out. */
    int of(TxHash transaction) {
        return counts.getOrDefault(transaction, 0);
    }
}
