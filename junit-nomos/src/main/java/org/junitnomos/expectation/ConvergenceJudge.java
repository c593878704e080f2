package org.junitnomos.expectation;

import java.util.ArrayList;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judge where the nodes stand at the end of a run. */
final class ConvergenceJudge {
    private final RunFacts facts;

    ConvergenceJudge(RunContext run) {
        this.facts = new RunFacts(run);
    }

    void judge(int maxSpread) {
        if (facts.tree.size() == 0) {
            throw new InconclusiveException("no block was observed on any node");
        }
        long height = facts.tree.height();
        var expected = new ArrayList<String>();
        var actual = new ArrayList<String>();
        var bad = new ArrayList<String>();
        for (var node : facts.expectedNodes()) {
            var problem = problem(node, height, maxSpread);
            var healthy = node + ": within " + maxSpread + " blocks of height " + height + " on one chain";
            expected.add(healthy);
            actual.add(problem.isEmpty() ? healthy : facts.where(node) + ", " + problem);
            if (!problem.isEmpty()) {
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
    }

    private String problem(String node, long height, int maxSpread) {
        var found = facts.tip(node);
        if (found.isEmpty()) {
            return "never answered";
        }
        var tip = found.get();
        if (height - tip.height() > maxSpread) {
            return (height - tip.height()) + " blocks behind";
        }
        long beside = blocksBeside(tip.tip());
        return beside > maxSpread ? beside + " blocks on another branch" : "";
    }

    /** How many blocks of a branch are not on the reference chain. */
    private long blocksBeside(HeaderId tip) {
        var tree = facts.tree;
        return tree.find(tip)
                .flatMap(block ->
                        tree.tip().map(best -> block.height() - tree.heightOf(tree.commonAncestor(tip, best.block()))))
                .orElse(0L);
    }
}
