package org.junitnomos.expectation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;

/**
 * Tells how many slots a healthy cluster needs for some blocks, at most: once in {@value #FALSE_ALARM_ONE_IN} runs it
 * needs more.
 *
 * <p>Slots of which {@link SlotOdds} claims nothing do not count, nor the two after them.
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

    /** Refuses a plan in which nothing can ever be late: a slot brings one block at most. */
    static void requireTime(Scenario scenario, Problems problems, String component, int withinBlocks) {
        var slot = scenario.topology().consensus().slotDuration();
        var window = scenario.runWindow();
        if (slot.isNegative() || slot.isZero() || window.isNegative() || scenario.expectedBlocks() == 0) {
            return; // the plan says so itself
        }
        var cooldown = scenario.cooldownTime();
        long slots = window.dividedBy(slot) + (cooldown.isNegative() ? 0 : cooldown.dividedBy(slot));
        if (slots < withinBlocks) {
            problems.given(PlanTerm.RUN_WINDOW, PlanTerm.COOLDOWN, PlanTerm.SLOT)
                    .add(
                            component,
                            withinBlocks,
                            "at most the " + slots
                                    + " slots of run window and cooldown, because nothing could ever be late",
                            "Lower it, or run for at least "
                                    + DurationText.format(
                                            slot.multipliedBy(withinBlocks).minus(cooldown)));
        }
    }

    /** Reads the slots from the first event on to now, the end of the cooldown. */
    ChainPace(RunFacts facts) {
        var topology = facts.run.scenario().topology();
        this.slotNanos = topology.consensus().slotDuration().toNanos();
        this.chainStart = facts.run.clock().chainStart().toNanos();
        long last = facts.events.isEmpty()
                ? 0
                : facts.events.get(facts.events.size() - 1).at();
        this.end = Math.max(last, facts.run.clock().now().toNanos());
        long begin = facts.events.isEmpty() ? end : facts.events.get(0).at();
        var odds = SlotOdds.of(facts, Math.max(chainStart, begin), end);
        this.firstSlot = odds.firstSlot();
        this.chances = odds.chances();
        long calmFrom = 0;
        for (int i = 0; i < chances.length; i++) {
            calmFrom = chances[i] > 0 ? calmFrom : i + 1 + CATCH_UP_SLOTS;
            chances[i] = i < calmFrom ? 0 : chances[i];
        }
    }

    /** The first slot that begins at a time or after it. */
    private long slotAfter(long nanos) {
        return Math.floorDiv(nanos - chainStart + slotNanos - 1, slotNanos);
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

    /** The slot of a time. */
    long slotOf(long nanos) {
        return Math.floorDiv(nanos - chainStart, slotNanos);
    }

    /** The slot that has just begun, or is about to. */
    long now() {
        return firstSlot + chances.length;
    }
}
