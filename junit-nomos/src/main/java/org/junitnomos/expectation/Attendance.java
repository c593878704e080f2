package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.topology.TopologySpec;

/**
 * Tells, slot by slot, which nodes were behind the chain, could not be read, or did not finalize, although nothing
 * excused them: a pure function of the journal.
 *
 * <p>A block has one slot and its way through the layout to reach a node before that counts as behind. Once an excuse
 * has ended, a node has as long to catch up as a healthy cluster may need for two blocks, because it learns what it
 * missed with a block whose transactions it has: at the latest the second one, unless it made one of its own.
 */
final class Attendance {
    /** Real clusters share their machine: what a request may take, twice. */
    private static final Duration REAL_FLOOR = Duration.ofSeconds(10);

    /** What may be wrong with a node in a slot. */
    enum Trouble {
        BLIND,
        BEHIND,
        NOT_FINAL
    }

    /**
     * The longest time for which a node was in trouble.
     *
     * @param from first slot
     * @param slots how many
     * @param worst most blocks behind, or not final beyond k; 0 if the node could not be read
     * @param reason why it could not be read; empty for other troubles
     * @param open whether it went on to the end
     */
    record Span(String node, Trouble trouble, long from, long slots, long worst, String reason, boolean open) {}

    private final TopologySpec topology;
    private final int maxLag;
    private final long catchUp;
    private final long grace;
    private final Excuses excuses;
    private final Map<String, Standing> nodes = new LinkedHashMap<>();
    private final List<Long> heights = new ArrayList<>();
    private long height;

    /** Where a node stands, and its troubles that go on and that were. */
    private static final class Standing {
        private final Map<Trouble, Span> open = new EnumMap<>(Trouble.class);
        private final Map<Trouble, Span> longest = new EnumMap<>(Trouble.class);
        private long height;
        private long libHeight;
        private @Nullable String blind;
    }

    private Attendance(TopologySpec topology, int maxLag, long catchUp) {
        this.topology = topology;
        this.maxLag = maxLag;
        this.catchUp = catchUp;
        this.grace = 1 + (long) StrictMath.ceil(SlotOdds.delayInSlots(topology));
        this.excuses = new Excuses(topology);
    }

    /**
     * Follows a run from the beginning of its drive until now.
     *
     * @param maxLag most blocks behind; of finality nothing may lack, because a node tells tip and LIB in one answer
     * @param catchUp slots that a node has after its excuse has ended
     */
    static Attendance of(RunFacts facts, int maxLag, long catchUp) {
        var attendance = new Attendance(facts.run.scenario().topology(), maxLag, catchUp);
        Excuses.follow(
                facts,
                (event, slot) -> {
                    attendance.accept(event);
                    attendance.excuses.accept(event, slot);
                },
                attendance::endSlot);
        return attendance;
    }

    /** Slots for which a node may be in trouble, if the plan allows so many and the clock is virtual or not. */
    static long allowed(RunFacts facts, int slots) {
        if (facts.run.clock().isVirtual()) {
            return slots;
        }
        Duration slot = facts.run.scenario().topology().consensus().slotDuration();
        return Math.max(slots, (REAL_FLOOR.toNanos() + slot.toNanos() - 1) / slot.toNanos());
    }

    private void accept(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            height = Math.max(height, block.height());
        } else if (event instanceof TipChanged tip) {
            var standing = standing(tip.node());
            standing.height = tip.height();
            standing.libHeight = tip.libHeight();
            standing.blind = null;
        } else if (event instanceof JournalEvent.BlockSeen seen) {
            standing(seen.node()).blind = null;
        } else if (event instanceof JournalEvent.FeedBlind blind) {
            standing(blind.node()).blind = blind.reason();
        }
    }

    private Standing standing(String node) {
        return nodes.computeIfAbsent(node, name -> new Standing());
    }

    private void endSlot(long slot) {
        excuses.endSlot(slot);
        heights.add(height);
        int settled = (int) Math.max(0, heights.size() - 1 - grace);
        long known = heights.get(settled);
        for (var node : excuses.members()) {
            var standing = standing(node);
            boolean excused = excuses.isExcused(node, catchUp);
            boolean blind = standing.blind != null;
            long lag = known - standing.height;
            long late = standing.height - topology.consensus().securityParameter() - standing.libHeight;
            note(node, Trouble.BLIND, slot, !excused && blind, 0);
            note(node, Trouble.BEHIND, slot, !excused && !blind && lag > maxLag, lag);
            note(node, Trouble.NOT_FINAL, slot, !excused && !blind && standing.libHeight >= 0 && late > 0, late);
        }
    }

    private void note(String node, Trouble trouble, long slot, boolean bad, long depth) {
        var standing = standing(node);
        var now = standing.open.get(trouble);
        if (!bad) {
            standing.open.remove(trouble);
            standing.longest.computeIfPresent(trouble, (key, longest) -> closed(longest));
            return;
        }
        String reason = trouble == Trouble.BLIND && standing.blind != null ? standing.blind : "";
        now = now == null
                ? new Span(node, trouble, slot, 1, depth, reason, true)
                : new Span(
                        node, trouble, now.from(), now.slots() + 1, Math.max(now.worst(), depth), now.reason(), true);
        standing.open.put(trouble, now);
        var longest = standing.longest.get(trouble);
        if (longest == null || now.slots() >= longest.slots()) {
            standing.longest.put(trouble, now);
        }
    }

    private static Span closed(Span span) {
        return span.open()
                ? new Span(span.node(), span.trouble(), span.from(), span.slots(), span.worst(), span.reason(), false)
                : span;
    }

    /** Whether a node still has time to catch up at the end. */
    boolean isCatchingUp(String node) {
        return excuses.isExcused(node, catchUp);
    }

    /** Whether a node was apart so lately that no block may have brought it back yet. */
    boolean isOnItsWayBack(String node) {
        return excuses.isOnItsWayBack(node);
    }

    /** The longest span of each kind of trouble of each node that is longer than allowed, by nodes. */
    List<Span> longerThan(long slots) {
        var spans = new ArrayList<Span>();
        for (var trouble : Trouble.values()) {
            for (var standing : nodes.values()) {
                var longest = standing.longest.get(trouble);
                if (longest != null && longest.slots() > slots) {
                    spans.add(longest);
                }
            }
        }
        return spans;
    }
}
