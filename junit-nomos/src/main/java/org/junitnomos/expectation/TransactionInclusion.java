package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that accepted transactions get into the chain, judged one by one by their ids.
 *
 * <p>Judged is what workloads and the test body submit by {@link RunContext#submit}, and the load of {@code
 * TransactionWorkload}; what is handed to the client of a node is not.
 *
 * <p>A transaction is on time if it is on the reference chain at most {@code withinBlocks} blocks after the height at
 * which a node accepted it; blocks made while a fault of the network was in force do not count against it. A
 * transaction is judged only if the chain had the time: those accepted less than {@code withinBlocks} blocks before
 * its end and not included yet are left out, and counted in the text. A chain that stops does not keep them young:
 * they are late, too, once a healthy cluster would have made {@code withinBlocks} blocks, but for one run in ten
 * million, in the slots without a fault of the network since they were accepted. If more are left out than judged, or
 * a workload delivered less than {@code deliveredPercent} of what was due, the verdict is INCONCLUSIVE.
 *
 * <p>Beside that share, {@code untouchedBlocks} bounds the blocks of the chain that leave a transaction out although no
 * fault touched it, the node that took it, or the leader: such a leader surely had it. So no chance is involved. Nodes
 * must tell which blocks they made.
 *
 * <p>No single node may refuse more than {@code percent} allows of what it had no reason to refuse, or leave more than
 * {@code deliveredPercent} allows without an answer, unless it was asked to be away or a fault was in force on it.
 *
 * @param withinBlocks blocks a transaction may take; at least 1
 * @param percent share of the judged transactions that must be on time, in percent; 1 to 100
 * @param deliveredPercent share of the due transactions that nodes must have accepted for a pass, of each workload that
 *     keeps a {@link org.junitnomos.scenario.LoadAccount}, in percent; 0 to 100
 * @param untouchedBlocks blocks of the chain that may leave a transaction out although their leader surely had it, as
 *     no fault touched it or the node that took the transaction; one with more is late, whatever {@code percent}
 *     allows; 0 for no such limit
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TransactionInclusion(int withinBlocks, int percent, int deliveredPercent, int untouchedBlocks)
        implements Expectation {
    /** Blocks a transaction may take by default. */
    public static final int DEFAULT_WITHIN_BLOCKS = 10;

    /** Share of the due transactions that must be delivered by default, in percent. */
    public static final int DEFAULT_DELIVERED = 90;

    /** Blocks a transaction may take where a plan hits nodes, links or clocks. */
    public static final int UNDER_FAULTS_BLOCKS = 30;

    /** Share of the transactions that must be on time there, in percent. */
    public static final int UNDER_FAULTS_PERCENT = 95;

    /** Blocks that no fault touched, and that may leave a transaction out there. */
    public static final int UNTOUCHED_BLOCKS = 5;

    /** Expects every accepted transaction within {@value #DEFAULT_WITHIN_BLOCKS} blocks. */
    public TransactionInclusion() {
        this(DEFAULT_WITHIN_BLOCKS, 100);
    }

    /**
     * Expects accepted transactions on the chain, and {@value #DEFAULT_DELIVERED} % of what is due to be accepted.
     *
     * @param withinBlocks blocks a transaction may take; at least 1
     * @param percent share of the judged transactions that must be on time, in percent; 1 to 100
     */
    public TransactionInclusion(int withinBlocks, int percent) {
        this(withinBlocks, percent, DEFAULT_DELIVERED);
    }

    /**
     * Expects accepted transactions on the chain, and a share of what is due to be accepted.
     *
     * @param withinBlocks blocks a transaction may take; at least 1
     * @param percent share of the judged transactions that must be on time, in percent; 1 to 100
     * @param deliveredPercent share of the due transactions that nodes must have accepted, in percent; 0 to 100
     */
    public TransactionInclusion(int withinBlocks, int percent, int deliveredPercent) {
        this(withinBlocks, percent, deliveredPercent, 0);
    }

    /**
     * Expects what a plan allows: where faults are planned, nodes that were started anew or parted from others lose
     * some of what they took, and what they took may wait until the chain they were on has come together.
     *
     * @param scenario the plan
     * @return the defaults; {@value #UNDER_FAULTS_BLOCKS} blocks and {@value #UNDER_FAULTS_PERCENT} % where nodes,
     *     links or clocks are hit, and {@value #UNTOUCHED_BLOCKS} blocks that no fault touched
     */
    public static TransactionInclusion in(Scenario scenario) {
        return PlannedEffects.of(scenario).hitConsensus()
                ? new TransactionInclusion(
                        UNDER_FAULTS_BLOCKS, UNDER_FAULTS_PERCENT, DEFAULT_DELIVERED, UNTOUCHED_BLOCKS)
                : new TransactionInclusion();
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (withinBlocks < 1) {
            problems.add("withinBlocks", withinBlocks, "at least 1 block", "Raise it");
        }
        if (percent < 1 || percent > 100) {
            problems.add("percent", percent, "1 to 100 percent", "Change it");
        }
        if (untouchedBlocks < 0) {
            problems.add("untouchedBlocks", untouchedBlocks, "at least 0 blocks", "Raise it");
        }
        LoadFacts.validate(problems, "deliveredPercent", deliveredPercent);
        ChainPace.requireTime(scenario, problems, "withinBlocks", withinBlocks);
    }

    @Override
    public void evaluate(RunContext run) {
        new InclusionJudge(run, this).judge();
    }
}
