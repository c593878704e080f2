package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;

/**
 * Compares blocks with what waited for them. A transaction waits for a block of a slot if a node took it so long before
 * that slot that it was everywhere, if no block of an earlier slot has it, and if it is on the chain in the end; the
 * node that took it, and the leader, must have been calm all that time. A healthy leader puts it into its block, so no
 * chance is involved. One block in {@value #LEFT_OUT_ONE_IN} is allowed for all the same, in real time one in
 * {@value Deliveries#LATE_ONE_IN}, and messages that were lost. A transaction counts once for a leader, and once for
 * the node that took it, as one cause may keep it out of several blocks.
 *
 * <p>Blocks that leave something out are the fault of their leader, or of the node that took the transactions and kept
 * them to itself. Who explains most of them is named first, and what he explains counts against nobody else.
 */
final class WaitingTransactions {
    static final int LEFT_OUT_ONE_IN = 1000;

    private final RunFacts facts;
    private final Proposals proposals;
    private final double alpha;
    private final double share;
    private final SurePools pools;
    private final SlotWindow window;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final Map<String, String> leaders = new LinkedHashMap<>();
    private final Map<String, String> takers = new LinkedHashMap<>();

    /** Whether the block of a leader in a slot left out what a node took. */
    private record Comparison(String leader, TransactionAccepted taken, long slot, boolean left) {}

    /** Who may be blamed for blocks that leave something out. */
    private record Suspect(String node, boolean leads) {
        boolean isIn(Comparison each) {
            return leads
                    ? each.leader().equals(node)
                    : each.taken().node().equals(node) && !each.leader().equals(node);
        }
    }

    WaitingTransactions(RunFacts facts, Proposals proposals, SurePools pools, double alpha) {
        this.facts = facts;
        this.proposals = proposals;
        this.alpha = alpha;
        this.share = 1.0 / (facts.run.clock().isVirtual() ? LEFT_OUT_ONE_IN : Deliveries.LATE_ONE_IN);
        this.pools = pools;
        this.window = facts.slotsUntilNow();
        compare();
        blame();
    }

    private void compare() {
        var bySlot = new TreeMap<Long, List<BlockObserved>>();
        for (var block : facts.tree.blocks()) {
            if (pools.isOnTheChain(block.parent())) {
                bySlot.computeIfAbsent(block.slot(), slot -> new ArrayList<>(1)).add(block);
            }
        }
        for (var block : facts.tree.chain()) {
            for (var each : block.transactions()) {
                var takers = pools.takersOf(each.hash());
                // what has blobs waits until they are sampled
                if (!each.ops().contains("ChannelBlob")) {
                    takers.forEach(one -> compare(one, takers, bySlot));
                }
            }
        }
    }

    /** Compares a transaction with the first block of each leader after a node took it, until another one took it. */
    private void compare(
            TransactionAccepted one, List<TransactionAccepted> all, TreeMap<Long, List<BlockObserved>> bySlot) {
        long from = window.slotOf(pools.everywhereAt(one)) + 1;
        long to = all.stream()
                .filter(other -> other.at() > one.at())
                .mapToLong(other -> window.slotOf(other.at()))
                .reduce(pools.firstIn(one.transaction()), Math::min);
        var compared = new HashSet<String>();
        for (long slot = from; slot <= to && slot < window.end(); slot++) {
            for (var block : bySlot.getOrDefault(slot, List.of())) {
                boolean carries = block.transactions().stream()
                        .anyMatch(each -> each.hash().equals(one.transaction()));
                if (!carries && pools.mayBeFull(block, one)) {
                    continue;
                }
                for (var leader : proposals.makersOf(block.block())) {
                    if (pools.has(leader, one, slot) && compared.add(leader)) {
                        comparisons.add(new Comparison(leader, one, slot, !carries));
                    }
                }
            }
        }
    }

    private void blame() {
        var suspects = new ArrayList<Suspect>();
        for (var node : facts.declaredNodes()) {
            suspects.add(new Suspect(node, true));
            suspects.add(new Suspect(node, false));
        }
        for (int left = suspects.size(); left > 0; left--) {
            Suspect worst = null;
            int most = 0;
            for (var suspect : suspects) {
                int explained = explained(suspect);
                if (explained > most && isNoChance(suspect, suspects.size())) {
                    worst = suspect;
                    most = explained;
                }
            }
            if (worst == null) {
                return;
            }
            name(worst);
        }
    }

    private int explained(Suspect suspect) {
        return (int) comparisons.stream()
                .filter(each -> each.left() && suspect.isIn(each))
                .count();
    }

    /** The slots of the blocks that are compared, or of those that left something out. */
    private Set<Long> slots(Suspect suspect, boolean leftOnly) {
        var slots = new TreeSet<Long>();
        var seen = new HashSet<TransactionAccepted>();
        for (var each : comparisons) {
            // the first block of others tells of the node that took it
            if (suspect.isIn(each) && (suspect.leads() || seen.add(each.taken())) && (each.left() || !leftOnly)) {
                slots.add(each.slot());
            }
        }
        return slots;
    }

    private boolean isNoChance(Suspect suspect, int suspects) {
        int most = Deliveries.mostByChance(
                facts.run.scenario().topology(), share, slots(suspect, false).size(), alpha / suspects);
        return slots(suspect, true).size() > most;
    }

    private void name(Suspect worst) {
        String node = worst.node();
        String slots = slots(worst, true).size() + " of " + slots(worst, false).size() + " slots";
        if (worst.leads()) {
            leaders.put(
                    node,
                    "  " + node + " leaves transactions out of its blocks: in " + slots
                            + " its block lacks some that waited for it and that it must have had");
        } else {
            takers.put(
                    node,
                    "  " + node + " does not seem to pass on transactions: in " + slots
                            + " blocks of others lack some that it took and that waited for them");
        }
        comparisons.removeIf(worst::isIn);
    }

    /** What is wrong with leaders. */
    List<String> byLeaders() {
        return List.copyOf(leaders.values());
    }

    /** What is wrong with nodes that took transactions. */
    List<String> byTakers() {
        return List.copyOf(takers.values());
    }
}
