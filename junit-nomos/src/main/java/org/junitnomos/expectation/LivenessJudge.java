package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judge whether a chain grew and whether every node followed. */
final class LivenessJudge {
    private final RunFacts facts;
    private final ConsensusLiveness settings;
    private final SlotOdds odds;
    private final double alpha;

    LivenessJudge(RunContext run, ConsensusLiveness settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        this.alpha = 1.0 / settings.falseAlarmOneIn();
        this.odds = SlotOdds.of(
                run.scenario().topology(),
                facts.events,
                run.clock().chainStart().toNanos(),
                facts.driveStart(),
                facts.driveEnd());
    }

    void judge() {
        var won = slotsWithBlock();
        int bound = BlockCountBound.atLeast(odds.chances(), alpha);
        if (bound == 0) {
            throw new InconclusiveException("too few slots to judge: " + facts.slots(odds.chances().length)
                    + " in the run window, of which " + odds.silent()
                    + " under a fault of the network or a clock; a healthy cluster could have made no block at all");
        }
        var problems = new ArrayList<String>();
        int blocks = won.cardinality();
        if (blocks < bound) {
            problems.add("expected at least " + bound + " new blocks in " + facts.slots(odds.chances().length)
                    + " but saw " + blocks + "; " + lastBlock());
        }
        gap(won).ifPresent(problems::add);
        var expected = new ArrayList<String>();
        var actual = new ArrayList<String>();
        for (var node : facts.expectedNodes()) {
            var healthy = node + ": at most " + settings.maxLag() + " blocks behind";
            long lag = facts.tree.height()
                    - facts.tip(node).map(TipChanged::height).orElse(0L);
            expected.add(healthy);
            if (lag > settings.maxLag()) {
                var text = facts.where(node) + ", " + lag + " blocks behind the chain at height " + facts.tree.height()
                        + " (allowed " + settings.maxLag() + ")";
                actual.add(text);
                problems.add(text);
            } else {
                actual.add(healthy);
            }
        }
        if (!problems.isEmpty()) {
            expected.add(0, bound + " or more new blocks");
            actual.add(0, blocks < bound ? blocks + " new blocks" : bound + " or more new blocks");
            throw new AssertionFailedError(
                    String.join("\n", problems) + "\n" + basis(bound),
                    String.join("\n", expected),
                    String.join("\n", actual));
        }
    }

    /** Slots of the window, counted from its first, that have a block on the reference chain. */
    private BitSet slotsWithBlock() {
        var won = new BitSet();
        for (BlockObserved block : facts.tree.chain()) {
            long slot = block.slot() - odds.firstSlot();
            if (slot >= 0 && slot < odds.chances().length) {
                won.set((int) slot);
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
