package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that after the cooldown every running node is on one chain, within a few blocks of its tip. Inconclusive if
 * one is not that was apart so lately that the chain grew by no more than two blocks since then and since the last one
 * that it made apart: it gets back with a block whose transactions it has (node contract 2.9, 5.2).
 *
 * @param maxSpread largest distance, in blocks, between a node's tip and the tip of the reference chain, and largest
 *     number of a node's blocks that are not on the reference chain; 0 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record HeightConvergence(int maxSpread) implements Expectation {
    /** Largest spread by default, in blocks: two blocks may be on their way when the run is judged. */
    public static final int DEFAULT_MAX_SPREAD = 2;

    /** Expects a spread of at most {@value #DEFAULT_MAX_SPREAD} blocks. */
    public HeightConvergence() {
        this(DEFAULT_MAX_SPREAD);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (maxSpread < 0) {
            problems.add("maxSpread", maxSpread, "0 or more blocks", "Change the spread");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        new ConvergenceJudge(run, maxSpread).judge();
    }
}
