package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TransactionStatus;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.Effect;
import org.junitnomos.topology.LeaderOdds;

/** Tells which nodes keep in their mempools what should have left them since the load ended. */
final class PoolCheck {
    private static final int BLOCKS = 2;
    private static final int SLOTS_AFTER_LOAD = 2;
    private static final int ASKED_AT_ONCE = 200;

    private final RunFacts facts;
    private final Proposals proposals;
    private final Map<TxHash, Long> lastTouched = new TreeMap<>();
    private final Set<TxHash> submitted = new LinkedHashSet<>();
    private final boolean onlyOwn;

    PoolCheck(Witnesses witnesses, Proposals proposals) {
        this.facts = witnesses.facts;
        this.proposals = proposals;
        for (var event : facts.events) {
            if (event instanceof JournalEvent.TransactionSubmitted sent) {
                submitted.add(sent.transaction());
                lastTouched.put(sent.transaction(), sent.at());
            } else if (event instanceof BlockObserved block) {
                block.transactions().forEach(transaction -> lastTouched.put(transaction.hash(), block.at()));
            }
        }
        var faults = PlannedEffects.of(facts.run.scenario());
        this.onlyOwn = !faults.has(Effect.BLOBS)
                && !faults.has(Effect.HOSTILE_TRANSACTIONS)
                && facts.run.scenario().workloads().stream()
                        .allMatch(workload -> !workload.effects().isEmpty());
    }

    /** What is wrong with the mempool of a node that nothing excuses. */
    List<String> problems(NodeHandle node) {
        try {
            return ask(node);
        } catch (NodeApiException e) {
            return List.of("  " + node.name() + " does not tell of its mempool: " + e.reason());
        }
    }

    private List<String> ask(NodeHandle node) {
        var texts = new ArrayList<String>();
        var all = List.copyOf(submitted);
        var asked = all.subList(Math.max(0, all.size() - ASKED_AT_ONCE), all.size());
        long before = decidedBefore(node);
        long pending = 0;
        if (!asked.isEmpty()) {
            var told = node.client().transactionStatus(asked);
            var stuck = new ArrayList<TxHash>();
            for (int i = 0; i < Math.min(asked.size(), told.size()); i++) {
                if (told.get(i).kind() == TransactionStatus.Kind.PENDING) {
                    pending++;
                    if (lastTouched.getOrDefault(asked.get(i), Long.MAX_VALUE) < before) {
                        stuck.add(asked.get(i));
                    }
                }
            }
            if (!stuck.isEmpty()) {
                texts.add("  " + node.name() + " says of " + stuck.size()
                        + " transactions that they are pending, though"
                        + " it made " + BLOCKS + " blocks since all of them were submitted and in blocks, first "
                        + stuck.get(0).toHex());
            }
        }
        long items = node.client().mempoolMetrics().pendingItems();
        boolean isWhole = asked.size() == all.size();
        if (onlyOwn && isWhole && before > facts.driveEnd() && items > pending) {
            texts.add("  " + node.name() + " says that " + items + " transactions are pending, but only " + pending
                    + " of the " + all.size() + " of this run are");
        }
        return texts;
    }

    /** The time before which a node had what it has tried since: before the last blocks that it made. */
    private long decidedBefore(NodeHandle node) {
        var window = facts.slotsUntilNow();
        var made = proposals.byNode().get(node.name());
        if (made != null) {
            long start = facts.startOf(node.name());
            var slots = made.stream()
                    .map(proposal -> proposal.slot())
                    .filter(slot -> window.endOf(slot - 1) >= start)
                    .distinct()
                    .toList();
            return slots.size() < BLOCKS
                    ? Long.MIN_VALUE
                    : window.endOf(slots.get(slots.size() - BLOCKS) - 1 - SLOTS_AFTER_LOAD);
        }
        int index = node.spec().index();
        if (index >= facts.run.scenario().topology().size()) {
            return Long.MIN_VALUE;
        }
        double chance = new LeaderOdds(facts.run.scenario().topology()).chanceOf(index, 0);
        for (int slots = BLOCKS; slots < window.size(); slots++) {
            double none = StrictMath.pow(1 - chance, slots);
            double one = slots * chance * StrictMath.pow(1 - chance, slots - 1);
            if (none + one <= 1.0 / ChainPace.FALSE_ALARM_ONE_IN) {
                return window.endOf(window.end() - 1 - slots - SLOTS_AFTER_LOAD);
            }
        }
        return Long.MIN_VALUE;
    }
}
