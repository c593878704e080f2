package org.junitnomos.expectation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.mantle.HeaderId;

/**
 * Follows blocks of slots in which one node alone made one, under no fault: nothing competes with them, so others have
 * them on their chains at once.
 */
final class AloneInTheirSlots {
    /** Fewest of them that say anything about a node. */
    private static final int FEWEST = 5;

    private final Map<Long, String> makers = new TreeMap<>();
    private final Map<HeaderId, String> blocks = new HashMap<>();
    private final Map<Long, Boolean> calm = new TreeMap<>();
    private final Map<Long, HeaderId> bySlot = new TreeMap<>();
    private final Set<HeaderId> inTime = new HashSet<>();

    AloneInTheirSlots(Proposals proposals) {
        var shared = new TreeSet<Long>();
        proposals.byNode().forEach((node, made) -> {
            for (Proposal proposal : made) {
                var other = makers.putIfAbsent(proposal.slot(), node);
                if (other != null) {
                    shared.add(proposal.slot());
                } else {
                    blocks.put(proposal.block(), node);
                    bySlot.put(proposal.slot(), proposal.block());
                }
            }
        });
        shared.forEach(makers::remove);
        long from = proposals.untoldUntil();
        makers.keySet().removeIf(slot -> slot <= from);
    }

    /** Says that a slot has ended, and who had an excuse in it. */
    void endSlot(long slot, Predicate<String> excused) {
        var maker = makers.get(slot);
        if (maker != null) {
            calm.put(slot, !excused.test(maker));
        }
    }

    /** A node has a block on its chain. */
    void seen(BlockSeen event, @Nullable BlockObserved block, long allowed) {
        var maker = blocks.get(event.block());
        if (maker != null && block != null && !maker.equals(event.node()) && event.at() - block.at() <= allowed) {
            inTime.add(event.block());
        }
    }

    /** What is wrong with nodes most of whose blocks no other node took at once. */
    List<String> texts(SlotWindow window, long allowed, Map<HeaderId, BlockObserved> observed, int nodes) {
        if (nodes < 2) {
            return List.of();
        }
        var all = new TreeMap<String, Integer>();
        var late = new TreeMap<String, Integer>();
        // others may still get what was made after that
        long end = window.end() - 1 - (allowed + window.duration() - 1) / window.duration();
        makers.forEach((slot, node) -> {
            var block = bySlot.get(slot);
            if (slot < end && calm.getOrDefault(slot, false) && block != null) {
                all.merge(node, 1, Integer::sum);
                late.merge(node, observed.containsKey(block) && inTime.contains(block) ? 0 : 1, Integer::sum);
            }
        });
        return all.entrySet().stream()
                .filter(entry ->
                        entry.getValue() >= FEWEST && 2 * late.getOrDefault(entry.getKey(), 0) > entry.getValue())
                .map(entry -> "  blocks of " + entry.getKey() + " do not reach others in time: of " + entry.getValue()
                        + " that it made in slots in which nobody else made one, "
                        + late.getOrDefault(entry.getKey(), 0)
                        + " were on no other chain at once")
                .toList();
    }
}
