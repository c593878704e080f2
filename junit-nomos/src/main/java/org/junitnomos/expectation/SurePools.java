package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.journal.JournalEvent.ParentOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;

/**
 * Tells which nodes surely have what others took: a transaction is everywhere after the delay of the layout, in real
 * time a slot more, and stays there with each node that nothing excuses since. A node may have tried and pruned what
 * depends on another transaction, and what it tried on a branch that was left (node contract 3.5). With clocks set
 * apart by the plan nobody knows when a slot began for whom, so nothing is sure.
 */
final class SurePools {
    final CalmSpans calm;
    private final RunFacts facts;
    private final SlotWindow window;
    private final long delay;
    private final boolean skewed;
    private final Map<TxHash, List<TransactionAccepted>> taken = new LinkedHashMap<>();
    private final Map<TxHash, Long> firstIn = new HashMap<>();
    private final Set<TxHash> unsure = new HashSet<>();
    private final Map<String, TreeSet<Long>> ledBeside = new HashMap<>();

    SurePools(RunFacts facts, Proposals proposals) {
        this.facts = facts;
        this.calm = new CalmSpans(facts);
        this.window = facts.slotsUntilNow();
        this.delay = CalmSpans.delay(facts) + (facts.run.clock().isVirtual() ? 0 : window.duration());
        this.skewed = !facts.run.scenario().topology().clockSkews().isEmpty();
        facts.events.forEach(this::read);
        for (var block : facts.tree.blocks()) {
            block.transactions().forEach(each -> firstIn.merge(each.hash(), block.slot(), Math::min));
        }
        proposals
                .byNode()
                .forEach((node, made) -> made.forEach(own -> {
                    if (facts.tree.heightOf(own.block()) < 0 || !isOnTheChain(own.block())) {
                        ledBeside.computeIfAbsent(node, name -> new TreeSet<>()).add(own.slot());
                    }
                }));
    }

    private void read(JournalEvent event) {
        if (event instanceof TransactionAccepted each && each.at() >= facts.driveStart()) {
            taken.computeIfAbsent(each.transaction(), hash -> new ArrayList<>(1))
                    .add(each);
        } else if (event instanceof DependentSubmitted each) {
            unsure.add(each.transaction());
        } else if (event instanceof ParentOrphaned each) {
            unsure.add(each.transaction());
        }
    }

    /** Whether a block that was seen is on the reference chain. */
    boolean isOnTheChain(HeaderId block) {
        return facts.tree
                .tip()
                .filter(tip -> facts.tree.isAncestor(block, tip.block()))
                .isPresent();
    }

    /** Which nodes took a transaction, and when; in that order. */
    List<TransactionAccepted> takersOf(TxHash transaction) {
        return unsure.contains(transaction) ? List.of() : taken.getOrDefault(transaction, List.of());
    }

    /** Whether a block may have had no room for what a node took: it carries something, and nothing newer. */
    boolean mayBeFull(BlockObserved block, TransactionAccepted one) {
        return !block.transactions().isEmpty()
                && block.transactions().stream()
                        .flatMap(each -> taken.getOrDefault(each.hash(), List.of()).stream()
                                .limit(1))
                        .noneMatch(other -> other.at() >= one.at());
    }

    /** The first slot of which a block has a transaction, on any branch. */
    long firstIn(TxHash transaction) {
        return firstIn.getOrDefault(transaction, Long.MAX_VALUE);
    }

    /** When what a node took is everywhere, nanoseconds of run time. */
    long everywhereAt(TransactionAccepted one) {
        return one.at() + delay;
    }

    /** Whether a node surely has what one took at the beginning of a slot, and nothing excuses it until then. */
    boolean has(String node, TransactionAccepted one, long slot) {
        long begins = window.endOf(slot - 1);
        return !skewed
                && everywhereAt(one) < begins
                && calm.isCalm(node, one.at(), begins)
                && calm.isCalm(one.node(), one.at(), everywhereAt(one))
                && ledBeside
                        .getOrDefault(node, new TreeSet<>())
                        .subSet(window.slotOf(one.at()), slot)
                        .isEmpty();
    }
}
