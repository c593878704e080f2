package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;

/**
 * Expects that nothing happens that must never happen; judged at every event, and ends the run at the first violation.
 *
 * <p>Violations: two nodes finalize different blocks at one height; a node takes back what it had finalized without
 * having been started anew, or finalizes a block that is not k deep; a reorg deeper than k; a node that leaves its
 * chain for one that is not longer (node contract 3.4); two blocks of one slot on
 * one branch; a transaction twice on one branch; a note spent twice, or never created, on one branch; a transaction
 * that creates or destroys value beyond its gas; two blocks of one leader in one slot, which is not judged for blocks
 * in dev mode, as they all carry one and the same leader key (node contract 2.9). At the end: a node whose answers
 * contradict each other, or that gave blocks which are not what they are said to be.
 *
 * <p>Inconclusive if no block was observed, or if a chain grew longer than k and no irreversible block was ever seen.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Safety() implements Expectation {
    @Override
    public Watcher watch(RunContext run) {
        var judge = new SafetyJudge(run);
        return event -> judge.catchUp();
    }

    @Override
    public void evaluate(RunContext run) {
        var judge = new SafetyJudge(run);
        judge.catchUp();
        judge.conclude();
    }
}
