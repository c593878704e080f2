package org.junitnomos.expectation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TipChanged;

/**
 * Tells since when nothing excuses a node: from the drive on, or once it was seen on the chain again after what excused
 * it, as far as the chain was a slot and the delay of the layout before. So a restart or a cut takes out the time that
 * it really touches, and not the rest of a run. From then on a node has what comes; what came before may be lost to it.
 */
final class CalmSpans {
    /** When it is not calm. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int SETTLING_SLOTS = 2;

    private final RunFacts facts;
    private final SlotWindow window;
    private final long lag;
    private final Excuses excuses;
    private final Map<String, TreeMap<Long, Long>> since = new TreeMap<>();
    private final Map<String, TipChanged> tips = new HashMap<>();
    private final Deque<BlockObserved> highest = new ArrayDeque<>();
    private long reference;
    private boolean faulty;

    CalmSpans(RunFacts facts) {
        var topology = facts.run.scenario().topology();
        this.facts = facts;
        this.window = facts.slotsUntilNow();
        this.lag = window.duration() + delay(facts);
        this.excuses = new Excuses(topology);
        facts.declaredNodes()
                .forEach(node ->
                        since.computeIfAbsent(node, name -> new TreeMap<>()).put(Long.MIN_VALUE, facts.driveStart()));
        Excuses.follow(facts, this::accept, this::endSlot);
    }

    /** The longest way of a message through the layout, nanoseconds. */
    static long delay(RunFacts facts) {
        var topology = facts.run.scenario().topology();
        return (long) (SlotOdds.delayInSlots(topology)
                * topology.consensus().slotDuration().toNanos());
    }

    private void accept(JournalEvent event, long slot) {
        excuses.accept(event, slot);
        faulty |= excuses.isNetworkFaulty();
        if (event instanceof TipChanged tip) {
            tips.put(tip.node(), tip);
        } else if (event instanceof BlockObserved block
                && (highest.isEmpty() || block.height() > highest.peekLast().height())) {
            highest.addLast(block);
        }
    }

    private void endSlot(long slot) {
        excuses.endSlot(slot);
        long begins = window.endOf(slot - 1);
        while (!highest.isEmpty() && highest.peekFirst().at() <= window.endOf(slot) - lag) {
            reference = highest.removeFirst().height();
        }
        var leaders = excuses.leaders();
        since.forEach((node, spans) -> {
            boolean isCalm = spans.lastEntry().getValue() != NEVER;
            if (faulty || excuses.isExcused(node, 0) || !leaders.contains(node)) {
                if (isCalm) {
                    spans.put(begins, NEVER);
                }
            } else if (!isCalm && isOnTheChain(node)) {
                spans.put(window.endOf(slot), window.endOf(slot + SETTLING_SLOTS));
            }
        });
        faulty = excuses.isNetworkFaulty();
    }

    private boolean isOnTheChain(String node) {
        var tip = tips.get(node);
        return tip != null
                && tip.height() >= reference
                && facts.tree.heightOf(tip.tip()) >= 0
                && facts.tree
                        .tip()
                        .filter(last -> facts.tree.isAncestor(tip.tip(), last.block()))
                        .isPresent();
    }

    /** Since when a node was calm at a time, nanoseconds of run time; {@link #NEVER} if it was not. */
    long since(String node, long at) {
        var spans = since.get(node);
        return spans == null ? NEVER : spans.floorEntry(at).getValue();
    }

    /** Whether nothing excused a node all the time between two times. */
    boolean isCalm(String node, long from, long until) {
        return since(node, until) <= from;
    }
}
