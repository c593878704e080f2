package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Compares every last irreversible block that a node told with the tip that it told with it. */
final class FinalityJudge {
    private final RunFacts facts;
    private final int k;
    private final Map<String, TipChanged> claims = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();
    private long longest;

    FinalityJudge(RunContext run) {
        this.facts = new RunFacts(run);
        this.k = facts.securityParameter();
    }

    void judge() {
        var restarts = new Restarts();
        for (JournalEvent event : facts.events) {
            if (event instanceof NodeStateChanged change) {
                restarts.accept(change);
            } else if (event instanceof TipChanged tip) {
                longest = Math.max(longest, tip.height());
                if (restarts.begins(tip.node())) {
                    claims.remove(tip.node());
                }
                judge(tip);
            }
        }
        List<String> all = new ArrayList<>(problems.values());
        all.addAll(silent());
        if (!all.isEmpty()) {
            throw new AssertionFailedError("expected the block k = " + k
                    + " below the tip to be final on every node, and no other, but:\n" + Listing.of(all));
        }
        if (longest <= k) {
            throw new InconclusiveException("the longest chain has " + longest + " blocks, and nothing is final before"
                    + " it has more than k = " + k);
        }
    }

    private void judge(TipChanged tip) {
        if (tip.libHeight() < 0 || (tip.libHeight() == 0 && !claims.containsKey(tip.node()))) {
            return;
        }
        var before = claims.put(tip.node(), tip);
        long depth = tip.height() - tip.libHeight();
        String at = " at " + LateReasons.time(tip.at()) + ", with its tip at height " + tip.height();
        if (before != null && tip.libHeight() < before.libHeight()) {
            problems.putIfAbsent(
                    tip.node(),
                    "  " + tip.node() + ": its last irreversible block went back from height " + before.libHeight()
                            + " to " + tip.libHeight() + at);
        } else if (depth != k && (before != null || depth < k)) {
            problems.putIfAbsent(
                    tip.node(),
                    "  " + tip.node() + ": its last irreversible block was " + depth
                            + " blocks below its tip, at height " + tip.libHeight() + "," + at);
        } else if (depth != k) {
            claims.remove(tip.node()); // Bootstrapping from an old store: it claims nothing yet
        }
    }

    /** Nodes that were there all the time, or long enough, and never claimed anything. */
    private List<String> silent() {
        var texts = new ArrayList<String>();
        var excuses = Excuses.of(facts);
        long catchUp = 2 * SlotOdds.longestSilence(facts, ChainPace.FALSE_ALARM_ONE_IN);
        for (var node : facts.expectedNodes()) {
            var tip = facts.tip(node);
            boolean deep = tip.filter(last -> last.height() > k).isPresent();
            if (deep && !claims.containsKey(node) && !excuses.isExcused(node, catchUp) && !problems.containsKey(node)) {
                texts.add("  " + node + ": no block was ever final, though its tip has height "
                        + tip.get().height());
            }
        }
        return texts;
    }
}
