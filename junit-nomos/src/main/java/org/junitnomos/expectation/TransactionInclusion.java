package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expect that accepted transactions get into the chain, judged one by one by their ids.
 *
 * <p>A transaction is on time if it is on the reference chain at most {@code withinBlocks} blocks after the height at
 * which a node accepted it; blocks made while a fault of the network was in force do not count against it. A
 * transaction is judged only if the chain had the time: those accepted less than {@code withinBlocks} blocks before
 * its end and not included yet are left out, and counted in the text.
 *
 * @param withinBlocks blocks a transaction may take; at least 1
 * @param percent share of the judged transactions that must be on time, in percent; 1 to 100
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TransactionInclusion(int withinBlocks, int percent) implements Expectation {
    /** Blocks a transaction may take by default. */
    public static final int DEFAULT_WITHIN_BLOCKS = 10;

    /** Expect every accepted transaction within {@value #DEFAULT_WITHIN_BLOCKS} blocks. */
    public TransactionInclusion() {
        this(DEFAULT_WITHIN_BLOCKS, 100);
    }

    @Override
    public String name() {
        return "transaction inclusion";
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (withinBlocks < 1) {
            problems.add("@ExpectInclusion.withinBlocks", withinBlocks, "at least 1 block", "Raise it");
        }
        if (percent < 1 || percent > 100) {
            problems.add("@ExpectInclusion.percent", percent, "1 to 100 percent", "Change it");
        }
        if (scenario.workloads().isEmpty()) {
            problems.add(
                    "@ExpectInclusion",
                    "used without a workload",
                    "a workload that submits transactions",
                    "Add @Transactions or another workload");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        new InclusionJudge(run, this).judge();
    }
}
