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
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;

/**
 * Finds nodes whose blocks leave out whole kinds of transactions that another leader of the same slot carries: both
 * had what waited when the slot began. What depends on a transaction that waited as well does not count, as a leader
 * tries it once and drops it; nor does what the chain of the block holds already.
 *
 * <p>That a healthy leader carries none of a kind is an exception, of which one in {@value Deliveries#LATE_ONE_IN} is
 * allowed for, and more where messages take long or are lost; more than that explains (binomial distribution), over all
 * nodes and kinds, is no chance. Left out are slots of faults, and of nodes that were away so lately that their pools
 * may differ.
 */
final class OmittedKinds {
    private final RunFacts facts;
    private final double alpha;
    private final Set<TxHash> dependent = new HashSet<>();
    private final Map<Long, Map<String, BlockObserved>> bySlot = new TreeMap<>();
    private final Map<String, Map<String, Count>> counts = new TreeMap<>();

    /** In how many slots another leader carried a kind, and in how many of them the node carried none. */
    private static final class Count {
        private int all;
        private int without;
    }

    OmittedKinds(RunFacts facts, Proposals proposals, double alpha) {
        this.facts = facts;
        this.alpha = alpha;
        var blocks = new LinkedHashMap<HeaderId, BlockObserved>();
        for (var event : facts.events) {
            if (event instanceof DependentSubmitted each) {
                dependent.add(each.transaction());
            } else if (event instanceof BlockObserved block) {
                blocks.put(block.block(), block);
            }
        }
        proposals
                .byNode()
                .forEach((node, made) -> made.forEach(proposal -> {
                    var block = blocks.get(proposal.block());
                    if (block != null) {
                        bySlot.computeIfAbsent(proposal.slot(), slot -> new TreeMap<>())
                                .put(node, block);
                    }
                }));
        read();
    }

    private void read() {
        var settled = new SettledNodes(facts);
        Excuses.follow(facts, settled::accept, slot -> {
            settled.endSlot(slot);
            var leaders = new TreeMap<>(bySlot.getOrDefault(slot, Map.of()));
            leaders.keySet().removeIf(settled::isExcused);
            leaders.forEach((node, block) -> compare(node, block, leaders));
        });
    }

    private void compare(String node, BlockObserved block, Map<String, BlockObserved> leaders) {
        var own = Deliveries.kinds(block);
        var carried = new TreeSet<String>();
        leaders.forEach((other, theirs) -> {
            if (!other.equals(node)) {
                carried.addAll(carried(theirs, block, own));
            }
        });
        for (var kind : carried) {
            var count =
                    counts.computeIfAbsent(node, name -> new TreeMap<>()).computeIfAbsent(kind, name -> new Count());
            count.all++;
            count.without += own.contains(kind) ? 0 : 1;
        }
    }

    /** The kinds that a block carries, and that another one, which has kinds of its own, could have carried as well. */
    private Set<String> carried(BlockObserved block, BlockObserved other, Set<String> own) {
        var kinds = new TreeSet<>(Deliveries.kinds(block));
        if (own.containsAll(kinds)) {
            return kinds;
        }
        kinds.retainAll(own);
        for (var transaction : block.transactions()) {
            if (!dependent.contains(transaction.hash()) && !isBelow(transaction.hash(), other)) {
                kinds.addAll(Deliveries.kinds(transaction));
            }
        }
        return kinds;
    }

    private boolean isBelow(TxHash transaction, BlockObserved block) {
        for (var below = facts.tree.find(block.parent());
                below.isPresent() && below.get().height() > block.height() - facts.securityParameter();
                below = facts.tree.find(below.get().parent())) {
            if (below.get().transactions().stream().anyMatch(each -> each.hash().equals(transaction))) {
                return true;
            }
        }
        return false;
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        var topology = facts.run.scenario().topology();
        int compared = counts.values().stream().mapToInt(Map::size).sum();
        counts.forEach((node, kinds) -> {
            for (var entry : kinds.entrySet()) {
                var count = entry.getValue();
                if (count.without > Deliveries.mostByChance(topology, count.all, alpha / compared)) {
                    texts.add("  " + node + " leaves out " + entry.getKey() + ": in " + count.all
                            + " slots in which it made a block another leader carried some, and it carried none in "
                            + count.without + " of them");
                }
            }
        });
        return texts;
    }
}
