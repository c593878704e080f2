package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/**
 * Judges where the nodes stand at the end of a run: on one chain, that which most of them are on. A node alone on a
 * branch of its own is named, also if its branch is the longest.
 */
final class ConvergenceJudge {
    /** For how long a node may be unreadable at the end: one request may fail. */
    private static final int BLIND_SLOTS = 2;

    private final RunFacts facts;
    private final ForkTree tree;
    private final int maxSpread;
    private final List<String> nodes;

    ConvergenceJudge(RunContext run, int maxSpread) {
        this.facts = new RunFacts(run);
        this.tree = facts.tree;
        this.maxSpread = maxSpread;
        this.nodes = facts.expectedNodes();
    }

    void judge() {
        var deaths = facts.deaths().texts();
        if (deaths.isEmpty() && tree.size() == 0) {
            throw new InconclusiveException("no block was observed on any node");
        }
        if (nodes.isEmpty()) {
            throw new InconclusiveException(
                    "every node was asked to be away at the end, so none could be on one chain");
        }
        var reference = reference();
        long height = reference.map(TipChanged::height).orElse(tree.height());
        var expected = new ArrayList<String>();
        var actual = new ArrayList<String>();
        var bad = new ArrayList<String>();
        var open = new ArrayList<String>();
        var excuses = Excuses.of(facts);
        deaths.forEach(death -> bad.add("  " + death));
        for (var node : nodes) {
            var problem = problem(node, reference, height);
            var healthy = node + ": within " + maxSpread + " blocks of height " + height + " on one chain";
            expected.add(healthy);
            actual.add(problem.isEmpty() ? healthy : facts.where(node) + ", " + problem);
            if (!problem.isEmpty() && excuses.isOnItsWayBack(node)) {
                open.add(facts.where(node) + ", " + problem);
            } else if (!problem.isEmpty() && !facts.deaths().isDead(node)) { // named already
                bad.add("  " + facts.where(node) + ", " + problem);
            }
        }
        if (!bad.isEmpty()) {
            throw new AssertionFailedError(
                    "expected every running node within " + maxSpread + " blocks of one chain at height " + height
                            + " after the cooldown but was:\n" + String.join("\n", bad),
                    String.join("\n", expected),
                    String.join("\n", actual));
        }
        if (!open.isEmpty()) {
            throw new InconclusiveException(
                    "too few blocks since a fault to say whether every node came back: " + String.join("; ", open));
        }
    }

    /** The highest tip of the chain that most nodes are on; among chains of as many nodes the longest one. */
    private Optional<TipChanged> reference() {
        TipChanged best = null;
        long most = 0;
        for (var node : nodes) {
            var tip = facts.tip(node).filter(at -> isSeen(at.tip())).orElse(null);
            if (tip == null) {
                continue;
            }
            long followers = nodes.stream()
                    .flatMap(each -> facts.tip(each).stream())
                    .filter(each -> beside(each.tip(), tip.tip()) <= maxSpread)
                    .count();
            if (best == null || followers > most || (followers == most && tip.height() > best.height())) {
                best = tip;
                most = followers;
            }
        }
        return Optional.ofNullable(best);
    }

    private String problem(String node, Optional<TipChanged> reference, long height) {
        if (facts.deaths().isDead(node)) {
            return "ended by itself";
        }
        var found = facts.tip(node);
        if (found.isEmpty()) {
            return "never answered";
        }
        var tip = found.get();
        if (height - tip.height() > maxSpread) {
            return (height - tip.height()) + " blocks behind"
                    + reference.map(at -> facts.partedForGood(tip, at)).orElse("");
        }
        if (facts.blindness(node).filter(blind -> isLong(blind.from())).isPresent()) {
            return "so it cannot be said where it stands";
        }
        long beside = reference.map(at -> beside(tip.tip(), at.tip())).orElse(0L);
        return beside > maxSpread
                ? beside + " blocks on another branch" + fork(tip, reference.orElseThrow())
                        + facts.partedForGood(tip, reference.orElseThrow())
                : "";
    }

    private boolean isLong(long since) {
        var window = facts.slotsUntilNow();
        return window.end() - window.slotOf(since) > Attendance.allowed(facts, BLIND_SLOTS);
    }

    private String fork(TipChanged tip, TipChanged reference) {
        long at = tree.heightOf(tree.commonAncestor(tip.tip(), reference.tip()));
        var together = new ArrayList<String>();
        for (var node : nodes) {
            facts.tip(node)
                    .filter(each -> beside(each.tip(), reference.tip()) <= maxSpread)
                    .ifPresent(each -> together.add(each.node()));
        }
        return ", since height " + at + "; on one chain: " + String.join(", ", together);
    }

    private boolean isSeen(HeaderId id) {
        return tree.heightOf(id) >= 0;
    }

    /** How many blocks of one branch are not on another. */
    private long beside(HeaderId tip, HeaderId other) {
        return isSeen(tip) && isSeen(other) ? tree.heightOf(tip) - tree.heightOf(tree.commonAncestor(tip, other)) : 0;
    }
}
