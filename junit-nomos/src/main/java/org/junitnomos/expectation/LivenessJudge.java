package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judges whether a chain grew and whether every node followed. */
final class LivenessJudge {
    private final RunFacts facts;
    private final ConsensusLiveness settings;
    private final SlotOdds odds;
    private final Attendance attendance;
    private final double alpha;
    private final long allowed;

    LivenessJudge(RunContext run, ConsensusLiveness settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        this.alpha = 1.0 / settings.falseAlarmOneIn();
        this.odds = SlotOdds.of(facts, facts.driveStart(), facts.driveEnd());
        long silence = SlotOdds.longestSilence(facts, settings.falseAlarmOneIn());
        // The next block may hold transactions that a node does not have, which then waits for the one after it.
        this.attendance = Attendance.of(facts, settings.maxLag(), 2 * silence);
        this.allowed = Attendance.allowed(facts, settings.maxLagSlots());
    }

    void judge() {
        var won = slotsWithBlock();
        int bound = BlockCountBound.atLeast(odds.chances(), alpha);
        int blocks = blocksInWindow();
        var problems = new ArrayList<>(facts.deaths().texts());
        new EarlyBlocks(facts).text().ifPresent(problems::add);
        judgeReading(problems);
        var expected = new ArrayList<String>();
        var actual = new ArrayList<String>();
        expected.add(bound + " or more new blocks");
        actual.add(blocks < bound ? blocks + " new blocks" : bound + " or more new blocks");
        if (blocks < bound) {
            problems.add("expected at least " + bound + " new blocks in " + facts.slots(odds.chances().length)
                    + " but saw " + blocks + "; " + lastBlock());
        }
        if (bound > 0) {
            var gap = gap(won);
            gap.ifPresent(problems::add);
            expected.add("no gap that is too long for chance");
            actual.add(gap.orElse("no gap that is too long for chance"));
        }
        var behind = judgeTheEnd(expected, actual);
        problems.addAll(behind.values());
        judgeTheWay(behind.keySet(), problems);
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(
                    String.join("\n", problems) + "\n" + basis(bound),
                    String.join("\n", expected),
                    String.join("\n", actual));
        }
        if (bound == 0) {
            throw new InconclusiveException("too few slots to judge: " + facts.slots(odds.chances().length)
                    + " in the run window, of which " + odds.silent()
                    + " under a fault of the network or a clock; a healthy cluster could have made no block at all"
                    + (facts.cut() == null ? "" : "; the run was cut: " + facts.cut()));
        }
        requireFinality();
    }

    /** Where every node stands at the end; returns a problem for each node that is behind. */
    private Map<String, String> judgeTheEnd(List<String> expected, List<String> actual) {
        var behind = new LinkedHashMap<String, String>();
        for (var node : facts.expectedNodes()) {
            var healthy = node + ": at most " + settings.maxLag() + " blocks behind";
            long lag = facts.tree.height()
                    - facts.tip(node).map(TipChanged::height).orElse(0L);
            expected.add(healthy);
            // A run that was cut had no cooldown in which a node could catch up.
            boolean isLate = !(facts.cut() != null && attendance.isCatchingUp(node));
            if (lag > settings.maxLag() && isLate && !attendance.isOnItsWayBack(node)) {
                var text = facts.where(node) + ", " + lag + " blocks behind the chain at height " + facts.tree.height()
                        + " (allowed " + settings.maxLag() + ")";
                actual.add(text);
                behind.put(node, text);
            } else {
                actual.add(healthy);
            }
        }
        return behind;
    }

    /** Nodes that could not be read: what follows from that comes after it. */
    private void judgeReading(List<String> problems) {
        for (var span : attendance.longerThan(allowed)) {
            boolean said = span.open() && facts.deaths().isDead(span.node());
            if (span.trouble() == Attendance.Trouble.BLIND && !said) {
                problems.add(describe(span));
            }
        }
    }

    /** What else was wrong with nodes on the way, but for what was said of the end already. */
    private void judgeTheWay(Set<String> behind, List<String> problems) {
        for (var span : attendance.longerThan(allowed)) {
            boolean said = behind.contains(span.node()) || facts.deaths().isDead(span.node());
            if (span.trouble() != Attendance.Trouble.BLIND && !(span.open() && said)) {
                problems.add(describe(span));
            }
        }
    }

    private String describe(Attendance.Span span) {
        String when = facts.slots(span.slots()) + ", from slot " + span.from() + " to slot "
                + (span.from() + span.slots() - 1);
        return span.node() + ": "
                + switch (span.trouble()) {
                    case BLIND -> "could not be read for " + when + ": " + span.reason();
                    case BEHIND ->
                        "more than " + settings.maxLag() + " blocks behind the chain for " + when + ", at worst "
                                + span.worst() + " blocks";
                    case NOT_FINAL ->
                        "did not finalize what is k = " + facts.securityParameter() + " blocks deep for " + when
                                + ", at worst " + span.worst() + " blocks too few; its last irreversible block at the"
                                + " end has height "
                                + facts.tip(span.node())
                                        .map(TipChanged::libHeight)
                                        .orElse(0L)
                                + ", its tip height "
                                + facts.tip(span.node()).map(TipChanged::height).orElse(0L);
                }
                + " (allowed for " + allowed + " in a row)";
    }

    /** A node whose last irreversible block nobody ever showed cannot be said to finalize anything. */
    private void requireFinality() {
        var unknown = facts.expectedNodes().stream()
                .filter(node -> facts.tips(node).stream().noneMatch(tip -> tip.libHeight() >= 0))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InconclusiveException("the last irreversible block of " + String.join(", ", unknown)
                    + " was never seen on any chain, so it cannot be said whether anything became final");
        }
    }

    private boolean isInWindow(BlockObserved block) {
        long slot = block.slot() - odds.firstSlot();
        return slot >= 0 && slot < odds.chances().length;
    }

    private int blocksInWindow() {
        return (int) facts.tree.chain().stream().filter(this::isInWindow).count();
    }

    /** Slots of the window, counted from its first, in which a block of the reference chain was made. */
    private BitSet slotsWithBlock() {
        var indexes = new TreeMap<Long, Integer>();
        for (int i = 0; i < odds.played().length; i++) {
            if (odds.played()[i] != SlotOdds.UNPLAYED) {
                indexes.put(odds.played()[i], i);
            }
        }
        var won = new BitSet();
        for (BlockObserved block : facts.tree.chain()) {
            var index = indexes.floorEntry(block.slot());
            if (isInWindow(block) && index != null) {
                won.set(index.getValue());
            }
        }
        return won;
    }

    /** The longest run of slots without a block, if it is longer than chance allows anywhere in the window. */
    private Optional<String> gap(BitSet won) {
        int slots = odds.chances().length;
        int worstStart = -1;
        int worstLength = 0;
        double worstLog = 0;
        for (int start = won.nextClearBit(0); start < slots; ) {
            int next = won.nextSetBit(start);
            int end = next < 0 ? slots : Math.min(next, slots);
            double log = 0;
            for (int i = start; i < end; i++) {
                log += StrictMath.log(1 - odds.chances()[i]);
            }
            if (log < worstLog) {
                worstLog = log;
                worstStart = start;
                worstLength = end - start;
            }
            start = won.nextClearBit(end);
        }
        if (worstStart < 0 || StrictMath.log(slots) + worstLog > StrictMath.log(alpha)) {
            return Optional.empty();
        }
        return Optional.of("no block for " + facts.slots(worstLength) + ", from slot " + (odds.firstSlot() + worstStart)
                + " to slot " + (odds.firstSlot() + worstStart + worstLength - 1));
    }

    private String lastBlock() {
        return facts.tree
                .tip()
                .map(best -> "the last one has height " + best.height() + " and slot " + best.slot())
                .orElse("none was seen in the whole run");
    }

    private String basis(int bound) {
        double mean = BlockCountBound.mean(odds.chances());
        return String.format(
                Locale.ROOT,
                "(%.1f blocks are expected of %d slots%s; a healthy cluster makes fewer than %d once in %,d runs)",
                mean,
                odds.chances().length,
                odds.silent() == 0 ? "" : ", nothing of " + odds.silent() + " slots under faults",
                bound,
                settings.falseAlarmOneIn());
    }
}
