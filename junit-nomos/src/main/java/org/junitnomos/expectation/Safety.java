package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;

/**
 * Expect that nothing happens that must never happen; judged at every event, and ends the run at the first violation.
 *
 * <p>Violations: two nodes finalize different blocks at one height; a node takes back a block it had finalized; a
 * reorg deeper than k; a transaction twice on one branch; a note spent twice, or never created, on one branch; a
 * transaction that creates or destroys value beyond its gas; two blocks of one leader in one slot. The last one is not
 * judged for blocks in dev mode, which all carry one and the same leader key (node contract 2.9).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Safety() implements Expectation {
    @Override
    public String name() {
        return "safety";
    }

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
