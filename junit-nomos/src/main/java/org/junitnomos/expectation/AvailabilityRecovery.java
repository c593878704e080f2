package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that blobs get onto the chain again once all faults are healed: a pure function of the journal.
 *
 * <p>After each heal that leaves no fault in force, some blob that was dispersed after it must be announced on the
 * reference chain before that grows by more than {@code withinBlocks} blocks. A heal is not judged if another fault
 * comes before that, if no blob was submitted during the first half of those blocks, or if the run ends before. A chain
 * that stops after the heal is no excuse once a healthy cluster would have made those blocks.
 *
 * @param withinBlocks blocks by which the chain may grow; at least 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AvailabilityRecovery(int withinBlocks) implements Expectation {
    /** Blocks by default. */
    public static final int DEFAULT_WITHIN_BLOCKS = 20;

    /** Expects a blob within {@value #DEFAULT_WITHIN_BLOCKS} blocks. */
    public AvailabilityRecovery() {
        this(DEFAULT_WITHIN_BLOCKS);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (withinBlocks < 1) {
            problems.add("withinBlocks", withinBlocks, "at least 1 block", "Raise it");
        }
        BlobRuns.requireWorkload(scenario, problems);
    }

    @Override
    public void evaluate(RunContext run) {
        new AvailabilityRecoveryJudge(run, withinBlocks).judge();
    }
}
