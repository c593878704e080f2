package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;

/**
 * Finds nodes whose blocks carry few transactions where those of others carry many. A block is poor if it carries at
 * most half of the median of all. Were all leaders alike, the poor blocks would be spread over them by chance
 * (hypergeometric distribution). Judged are the blocks from the first to the last that carries anything, as long as no
 * node was down and no fault was in force: pools differ then.
 */
final class PoorBlocks {
    private static final int FEWEST = 20;

    private final Proposals proposals;
    private final double alpha;
    private final Map<BlockObserved, Boolean> blocks = new LinkedHashMap<>();

    PoorBlocks(RunFacts facts, Proposals proposals, double alpha) {
        this.proposals = proposals;
        this.alpha = alpha;
        read(calm(facts, proposals.untoldUntil()));
    }

    private static List<BlockObserved> calm(RunFacts facts, long untoldUntil) {
        var found = new ArrayList<BlockObserved>();
        for (var event : facts.events) {
            boolean disturbed =
                    (event instanceof FaultRequested fault && !fault.kind().equals(FaultSpans.DEFECT))
                            || (event instanceof NodeStateChanged change && RunFacts.isAway(change.state()));
            if (disturbed || event.at() > facts.driveEnd()) {
                break;
            }
            if (event instanceof BlockObserved block
                    && block.at() >= facts.driveStart()
                    && block.slot() > untoldUntil) {
                found.add(block);
            }
        }
        int first = 0;
        int last = found.size();
        while (first < last && found.get(first).transactions().isEmpty()) {
            first++;
        }
        while (last > first && found.get(last - 1).transactions().isEmpty()) {
            last--;
        }
        return found.subList(first, last);
    }

    private void read(List<BlockObserved> calm) {
        var sizes = calm.stream()
                .mapToInt(block -> block.transactions().size())
                .sorted()
                .toArray();
        if (sizes.length < FEWEST) {
            return;
        }
        int half = sizes[sizes.length / 2] / 2;
        if (sizes[sizes.length / 2] > 0) {
            calm.forEach(block -> blocks.put(block, block.transactions().size() <= half));
        }
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        int poor = (int) blocks.values().stream().filter(Boolean::booleanValue).count();
        for (var node : proposals.byNode().keySet()) {
            int own = 0;
            int ownPoor = 0;
            for (var entry : blocks.entrySet()) {
                if (proposals.made(node, entry.getKey().block())) {
                    own++;
                    ownPoor += entry.getValue() ? 1 : 0;
                }
            }
            if (ownPoor > 0 && atLeast(ownPoor, blocks.size(), poor, own) < alpha) {
                texts.add(String.format(
                        Locale.ROOT,
                        "  %s carries few transactions in its blocks: %d of its %d have at most half of what is usual,"
                                + " but only %d of the %d of the others",
                        node,
                        ownPoor,
                        own,
                        poor - ownPoor,
                        blocks.size() - own));
            }
        }
        return texts;
    }

    /** The chance that of {@code drawn} out of {@code all} at least {@code found} are among the {@code marked} ones. */
    static double atLeast(int found, int all, int marked, int drawn) {
        double chance = 0;
        for (int hit = found; hit <= Math.min(marked, drawn); hit++) {
            if (drawn - hit <= all - marked) {
                chance += StrictMath.exp(
                        logChoose(marked, hit) + logChoose(all - marked, drawn - hit) - logChoose(all, drawn));
            }
        }
        return chance;
    }

    private static double logChoose(int of, int chosen) {
        double log = 0;
        for (int i = 1; i <= chosen; i++) {
            log += StrictMath.log(of - chosen + i) - StrictMath.log(i);
        }
        return log;
    }
}
