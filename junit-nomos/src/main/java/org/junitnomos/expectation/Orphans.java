package org.junitnomos.expectation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.junitnomos.journal.JournalEvent.ParentOrphaned;
import org.junitnomos.mantle.TxHash;

/**
 * Transactions that the chain itself may lose: a node never takes up again what it saw in a block that was left, and
 * drops what builds on such a one (node contract 1.4, 3.5). Only what forks on record explain: there is a block with
 * it beside the chain, and no node is on that branch any more.
 */
final class Orphans {
    static final String RULE =
            "orphaned with their block, or built on such a one: real nodes do not take them up again";

    private final Branches branches;
    private final Map<TxHash, LinkedHashSet<TxHash>> parents = new HashMap<>();

    Orphans(RunFacts facts, Branches branches) {
        this.branches = branches;
        for (var event : facts.events) {
            if (event instanceof ParentOrphaned orphaned) {
                parents.computeIfAbsent(orphaned.transaction(), any -> new LinkedHashSet<>(1))
                        .add(orphaned.parent());
            }
        }
    }

    /** Whether forks explain that a transaction is missing, or came late. */
    boolean explain(TxHash transaction) {
        return branches.wasLeftWith(transaction)
                || parents.getOrDefault(transaction, new LinkedHashSet<>()).stream()
                        .anyMatch(branches::wasLeftWith);
    }
}
