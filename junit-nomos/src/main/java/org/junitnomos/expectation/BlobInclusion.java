package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that channels are opened and blobs announced on the reference chain, judged one by one by their ids: a pure
 * function of the journal.
 *
 * <p>What was submitted first less than {@code withinBlocks} blocks before the end of the chain, and is not there yet,
 * is left out, and counted in the text, unless the chain stopped and a healthy cluster would have made those blocks in
 * the slots since then. A blob that every executor refused counts as missing. If more are left out than judged, or the
 * workload delivered less than {@code deliveredPercent} of what was due, the verdict is INCONCLUSIVE.
 *
 * <p>No node may refuse an inscription, and no executor a blob, without a reason; an executor has one while a node is
 * away or a fault is in force.
 *
 * @param inscriptionsPercent share of the channels opened by an inscription that must be on the chain, 1 to 100
 * @param blobsPercent share of the blobs that must be announced on the chain, 1 to 100
 * @param withinBlocks blocks that an inscription or a blob has; at least 1
 * @param deliveredPercent share of the due inscriptions, and of the due blobs, that nodes must have accepted for a
 *     pass, in percent; 0 to 100
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BlobInclusion(int inscriptionsPercent, int blobsPercent, int withinBlocks, int deliveredPercent)
        implements Expectation {
    /** Share of inscriptions by default, in percent, as in the Rust framework. */
    public static final int DEFAULT_INSCRIPTIONS = 80;

    /** Share of blobs by default, in percent, as in the Rust framework. */
    public static final int DEFAULT_BLOBS = 50;

    /** Blocks by default. */
    public static final int DEFAULT_WITHIN_BLOCKS = 20;

    /**
     * Share of the due blobs that must be delivered by default, in percent: a rate takes many channels, and until these
     * are open blobs are held back.
     */
    public static final int DEFAULT_DELIVERED = 50;

    /** Blocks where faults are planned. */
    public static final int UNDER_FAULTS_BLOCKS = 30;

    /** Expects {@value #DEFAULT_INSCRIPTIONS} % of the inscriptions and {@value #DEFAULT_BLOBS} % of the blobs. */
    public BlobInclusion() {
        this(DEFAULT_INSCRIPTIONS, DEFAULT_BLOBS, DEFAULT_WITHIN_BLOCKS);
    }

    /**
     * Expects inscriptions and blobs on the chain, and {@value #DEFAULT_DELIVERED} % of what is due to be accepted.
     *
     * @param inscriptionsPercent share of the channels opened by an inscription that must be on the chain, 1 to 100
     * @param blobsPercent share of the blobs that must be announced on the chain, 1 to 100
     * @param withinBlocks blocks that an inscription or a blob has; at least 1
     */
    public BlobInclusion(int inscriptionsPercent, int blobsPercent, int withinBlocks) {
        this(inscriptionsPercent, blobsPercent, withinBlocks, DEFAULT_DELIVERED);
    }

    /**
     * Expects what a plan allows.
     *
     * @param scenario the plan
     * @return the defaults; {@value #UNDER_FAULTS_BLOCKS} blocks where faults are planned
     */
    public static BlobInclusion in(Scenario scenario) {
        return new BlobInclusion(
                DEFAULT_INSCRIPTIONS,
                DEFAULT_BLOBS,
                PlannedEffects.of(scenario).bringFaults() ? UNDER_FAULTS_BLOCKS : DEFAULT_WITHIN_BLOCKS);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        percent(problems, "inscriptionsPercent", inscriptionsPercent);
        percent(problems, "blobsPercent", blobsPercent);
        if (withinBlocks < 1) {
            problems.add("withinBlocks", withinBlocks, "at least 1 block", "Raise it");
        }
        LoadFacts.validate(problems, "deliveredPercent", deliveredPercent);
        ChainPace.requireTime(scenario, problems, "withinBlocks", withinBlocks);
        BlobRuns.requireWorkload(scenario, problems);
    }

    private static void percent(Problems problems, String component, int value) {
        if (value < 1 || value > 100) {
            problems.add(component, value, "1 to 100 percent", "Change it");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        new BlobInclusionJudge(run, this).judge();
    }
}
