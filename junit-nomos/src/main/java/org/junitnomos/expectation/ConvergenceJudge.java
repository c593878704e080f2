package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
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
        if (facts.chains.best() == null) {
            throw new InconclusiveException("no block was observed on any node");
        }
        long height = facts.chains.height();
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
                    lines(expected),
                    lines(actual));
        }
    }

    private String problem(String node, long height, int maxSpread) {
        var tip = facts.tips.get(node);
        if (tip == null) {
            return "never answered";
        }
        if (height - tip.height() > maxSpread) {
            return (height - tip.height()) + " blocks behind";
        }
        var block = facts.chains.find(tip.tip());
        long beside = block == null ? 0 : facts.chains.blocksBeside(block);
        return beside > maxSpread ? beside + " blocks on another branch" : "";
    }

    static String lines(List<String> lines) {
        return String.join("\n", lines);
    }
}
