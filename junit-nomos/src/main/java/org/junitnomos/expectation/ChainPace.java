package org.junitnomos.expectation;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeSpec;

/**
 * Tell how many slots a healthy cluster needs for some blocks, at most: once in {@value #FALSE_ALARM_ONE_IN} runs it
 * needs more.
 *
 * <p>Slots in which a fault of the network or of a clock was in force do not count, nor the two after it. A node that
 * is away because somebody asked for it, or came back less than two slots ago, leads no blocks; one that is away by
 * itself is expected to.
 */
final class ChainPace {
    /** Healthy runs of which one is slower than is claimed here. */
    static final long FALSE_ALARM_ONE_IN = 10_000_000;

    private static final int CATCH_UP_SLOTS = 2;

    private final long slotNanos;
    private final long chainStart;
    private final long end;
    private final long firstSlot;
    private final double[] chances;
    private final Map<Integer, Known> answers = new TreeMap<>();

    /** Refuse a plan in which nothing can ever be late: a slot brings one block at most. */
    static void requireTime(Scenario scenario, Problems problems, String attribute, int withinBlocks) {
        var slot = scenario.topology().consensus().slotDuration();
        var window = scenario.runWindow();
        if (slot.isNegative() || slot.isZero() || window.isNegative() || scenario.expectedBlocks() == 0) {
            return; // the plan says so itself
        }
        var cooldown = scenario.cooldownTime();
        long slots = window.dividedBy(slot) + (cooldown.isNegative() ? 0 : cooldown.dividedBy(slot));
        if (slots < withinBlocks) {
            problems.add(
                    attribute,
                    withinBlocks,
                    "at most the " + slots + " slots of run window and cooldown, because nothing could ever be late",
                    "Lower it, or run for at least "
                            + DurationText.format(
                                    slot.multipliedBy(withinBlocks).minus(cooldown)));
        }
    }

    /** Read the slots from the first event on to now, the end of the cooldown. */
    ChainPace(RunFacts facts) {
        var topology = facts.run.scenario().topology();
        this.slotNanos = topology.consensus().slotDuration().toNanos();
        this.chainStart = facts.run.clock().chainStart().toNanos();
        long last = facts.events.isEmpty()
                ? 0
                : facts.events.get(facts.events.size() - 1).at();
        this.end = Math.max(last, facts.run.clock().now().toNanos());
        long begin = facts.events.isEmpty() ? end : facts.events.get(0).at();
        this.firstSlot = Math.max(0, slotAfter(begin));
        this.chances = new double[(int) Math.max(0, Math.floorDiv(end - chainStart, slotNanos) - firstSlot)];
        read(facts, topology.nodes().stream().map(NodeSpec::name).toList());
    }

    /** The first slot that begins at a time or after it. */
    private long slotAfter(long nanos) {
        return Math.floorDiv(nanos - chainStart + slotNanos - 1, slotNanos);
    }

    private void read(RunFacts facts, List<String> leaders) {
        var byLeaders = chancesByLeaders(facts, leaders.size());
        var away = new TreeSet<String>();
        var back = new TreeMap<String, Long>();
        var faults = new LinkedHashSet<Integer>();
        long calmFrom = firstSlot;
        int next = 0;
        for (int i = 0; i < chances.length; i++) {
            long slot = firstSlot + i;
            long slotEnd = chainStart + (slot + 1) * slotNanos;
            boolean faulty = !faults.isEmpty();
            while (next < facts.events.size() && facts.events.get(next).at() < slotEnd) {
                var event = facts.events.get(next++);
                faulty |= apply(event, slot, faults, away, back);
            }
            if (faulty || !faults.isEmpty()) {
                calmFrom = slot + 1 + CATCH_UP_SLOTS;
            }
            back.values().removeIf(since -> slot >= since + CATCH_UP_SLOTS);
            var missing = new TreeSet<String>(away);
            missing.addAll(back.keySet());
            missing.retainAll(leaders);
            chances[i] = slot < calmFrom ? 0 : byLeaders[leaders.size() - missing.size()];
        }
    }

    private static boolean apply(
            JournalEvent event,
            long slot,
            LinkedHashSet<Integer> faults,
            TreeSet<String> away,
            TreeMap<String, Long> back) {
        if (event instanceof JournalEvent.FaultRequested fault && SlotOdds.touchesNetwork(fault.kind())) {
            return faults.add(fault.fault());
        } else if (event instanceof JournalEvent.FaultHealed healed) {
            return faults.remove(healed.fault());
        } else if (event instanceof JournalEvent.NodeStateChanged change) {
            if (RunFacts.isAway(change.state())) {
                if (change.intended()) {
                    away.add(change.node());
                }
            } else if (away.remove(change.node()) || back.containsKey(change.node())) {
                back.put(change.node(), slot);
            }
        }
        return false;
    }

    /** The chance of a slot by the number of leaders that are up, with the delay that all of them have. */
    private static double[] chancesByLeaders(RunFacts facts, int leaders) {
        var topology = facts.run.scenario().topology();
        double delay = 1 / SlotOdds.healthyChance(topology) - 1 / topology.chanceOfBlock(leaders);
        var chances = new double[leaders + 1];
        for (int up = 1; up <= leaders; up++) {
            double won = topology.chanceOfBlock(up);
            chances[up] = won <= 0 ? 0 : 1 / (1 / won + delay);
        }
        return chances;
    }

    /** Whether a healthy cluster would have made so many blocks from a time until now. */
    boolean isTimeFor(int blocks, long fromNanos) {
        var known = answers.computeIfAbsent(blocks, number -> new Known());
        if (fromNanos > known.enough && fromNanos < known.tooLate) {
            if (isTimeFor(blocks, fromNanos, end)) {
                known.enough = fromNanos;
            } else {
                known.tooLate = fromNanos;
            }
        }
        return fromNanos <= known.enough;
    }

    /** Answers so far, as the same is asked for every transaction: what was enough is so from any earlier time. */
    private static final class Known {
        private long enough = Long.MIN_VALUE;
        private long tooLate = Long.MAX_VALUE;
    }

    /** Whether a healthy cluster would have made so many blocks between two times. */
    boolean isTimeFor(int blocks, long fromNanos, long untilNanos) {
        int from = (int) Math.min(chances.length, Math.max(0, slotAfter(fromNanos) - firstSlot));
        int until = (int) Math.max(
                from, Math.min(chances.length, Math.floorDiv(untilNanos - chainStart, slotNanos) - firstSlot));
        // The bound needs but so many slots as suffice; all of a long run would take long to compute.
        for (int length = Math.min(until - from, 2 * blocks + 32); ; length = Math.min(until - from, 2 * length)) {
            var part = Arrays.copyOfRange(chances, from, from + length);
            if (BlockCountBound.atLeast(part, 1.0 / FALSE_ALARM_ONE_IN) >= blocks) {
                return true;
            }
            if (length >= until - from) {
                return false;
            }
        }
    }

    /** When a slot begins, in nanoseconds of run time. */
    long startOf(long slot) {
        return chainStart + slot * slotNanos;
    }

    /** The slot that has just begun, or is about to. */
    long now() {
        return firstSlot + chances.length;
    }
}
