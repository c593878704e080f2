package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.NodeSpec;

/**
 * Finds nodes that keep transactions to themselves: those that one node alone took, of the whole run or lately, are in
 * no block of another one.
 *
 * <p>A healthy node has them in the next block, whoever makes it. So its own blocks are chance (its chance to lead, to
 * the power of their number), and a block of another one that leaves out what waits for two slots is an exception, of
 * which one in {@value #LEAVES_OUT_ONE_IN} is allowed for. Left out are transactions of a fault's time, and blocks of
 * nodes that were away: their pools were lost.
 */
final class KeptTransactions {
    static final int LEAVES_OUT_ONE_IN = 10;

    private static final int SETTLING_SLOTS = 2;

    private final RunFacts facts;
    private final Proposals proposals;
    private final FaultSpans faults;
    private final long settling;
    private final Map<TxHash, Set<String>> takers = new LinkedHashMap<>();
    private final Map<TxHash, Long> takenAt = new LinkedHashMap<>();
    private final Set<String> wereAway = new TreeSet<>();
    private final Map<String, Set<HeaderId>> own = new TreeMap<>();
    private final Map<String, Set<HeaderId>> without = new TreeMap<>();
    private final Set<String> passesOn = new TreeSet<>();

    KeptTransactions(RunFacts facts, Proposals proposals) {
        this.facts = facts;
        this.proposals = proposals;
        this.faults = FaultSpans.of(facts.events);
        this.settling = SETTLING_SLOTS * facts.slotsUntilNow().duration();
        for (var event : facts.events) {
            if (event instanceof TransactionAccepted taken) {
                takers.computeIfAbsent(taken.transaction(), hash -> new LinkedHashSet<>())
                        .add(taken.node());
                takenAt.putIfAbsent(taken.transaction(), taken.at());
            } else if (event instanceof NodeStateChanged change && RunFacts.isAway(change.state())) {
                wereAway.add(change.node());
            }
        }
        facts.tree.blocks().stream()
                .filter(block -> proposals.isKnown(block.block()))
                .forEach(this::read);
    }

    private void read(BlockObserved block) {
        for (var transaction : block.transactions()) {
            var by = takers.getOrDefault(transaction.hash(), Set.<String>of());
            long at = takenAt.getOrDefault(transaction.hash(), 0L);
            if (by.size() != 1 || !faults.at(at, settling).isEmpty()) {
                continue;
            }
            var node = by.iterator().next();
            if (proposals.made(node, block.block())) {
                own.computeIfAbsent(node, name -> new LinkedHashSet<>()).add(block.block());
                waited(node, block, at + settling);
            } else if (proposals.byNode().containsKey(node) && !madeOne(node, at, block.slot())) {
                passesOn.add(node); // what was before says nothing of what came then
                own.remove(node);
                without.remove(node);
            }
        }
    }

    /** Whether a node made a block after a time and before a slot: what it carried reaches others with that block. */
    private boolean madeOne(String node, long since, long slot) {
        var window = facts.slotsUntilNow();
        return proposals.byNode().getOrDefault(node, List.of()).stream()
                .anyMatch(own -> own.slot() < slot && window.endOf(own.slot() - 1) > since);
    }

    /** Notes the blocks of others below one, of slots that began after a time. */
    private void waited(String node, BlockObserved block, long since) {
        var window = facts.slotsUntilNow();
        var left = without.computeIfAbsent(node, name -> new LinkedHashSet<>());
        for (var below = facts.tree.find(block.parent());
                below.isPresent() && window.endOf(below.get().slot() - 1) >= since;
                below = facts.tree.find(below.get().parent())) {
            var id = below.get().block();
            long began = window.endOf(below.get().slot() - 1);
            boolean hadItsPool = proposals.isKnown(id) && wereAway.stream().noneMatch(each -> proposals.made(each, id));
            if (hadItsPool
                    && !proposals.made(node, id)
                    && faults.at(began, settling).isEmpty()) {
                left.add(id);
            }
        }
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        var odds = new LeaderOdds(facts.run.scenario().topology());
        own.forEach((node, blocks) -> {
            var index = facts.run.scenario().topology().nodes().stream()
                    .filter(each -> each.name().equals(node))
                    .map(NodeSpec::index)
                    .findFirst();
            if (index.isEmpty()) {
                return;
            }
            int leftOut = without.getOrDefault(node, Set.of()).size();
            double chance = StrictMath.pow(odds.chanceOf(index.get(), 0), blocks.size())
                    * StrictMath.pow(1.0 / LEAVES_OUT_ONE_IN, leftOut);
            if (chance * ChainPace.FALSE_ALARM_ONE_IN < 1) {
                texts.add("  " + node + " does not seem to pass on transactions: those that it took "
                        + (passesOn.contains(node) ? "lately " : "") + "are in " + blocks.size()
                        + " blocks, all of which it made itself"
                        + (leftOut == 0 ? "" : ", and " + leftOut + " blocks of others before these leave them out"));
            }
        });
        return texts;
    }
}
