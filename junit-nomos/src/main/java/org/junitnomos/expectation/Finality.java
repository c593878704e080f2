package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that what is k deep becomes final on every node, and nothing else: a pure function of the journal.
 *
 * <p>A node tells tip and last irreversible block in one answer, and once it is Online the block is the k-th ancestor
 * of the tip (node contract 3.4), so no chance is involved. From its first such answer on, each one must be so until
 * the node is started anew, and the block must never be a lower one than before. A node that is Bootstrapping claims
 * nothing, but none may stay so: at the end, a node whose chain is longer than k claims a block, unless it was away so
 * lately that it may not have the chain yet.
 *
 * <p>Inconclusive if no node was seen on a chain longer than k.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Finality() implements Expectation {
    @Override
    public void evaluate(RunContext run) {
        new FinalityJudge(run).judge();
    }

    /** Why a plan cannot decide it: null if all runs of it but one in ten million make more than k blocks. */
    static @Nullable String missing(Scenario scenario) {
        int k = scenario.topology().consensus().securityParameter();
        long sure = SlotOdds.sureBlocks(scenario);
        return sure > k
                ? null
                : "only " + sure + " blocks are sure, and the first one is final with k + 1 = " + (k + 1);
    }
}
