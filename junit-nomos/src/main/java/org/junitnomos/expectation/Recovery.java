package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that every node that a fault hit is back on the chain soon after the fault was healed, and every node that
 * was added soon after it was ready: a pure function of the journal.
 *
 * <p>A node is back once it was seen, after the heal, at most {@code maxLag} blocks below the highest block of the
 * cluster, with a last irreversible block at most k below its own tip. The chain may grow by {@code withinBlocks}
 * blocks until then, and by one more for each block, at most k, that the node makes on genesis or on its own branch in
 * that time: it gets back with a block whose transactions it has, and its leader prunes what is not valid there (node
 * contract 2.9, 3.5, 5.2). Those count from the heal; while another fault of links or clocks is in force, or one of the
 * node itself, nothing is counted, and the count begins anew when it is healed. A node that is stopped and not started
 * again need not recover. Two branches of one length are both right until one of them wins; that one does is for
 * {@link HeightConvergence} to judge.
 *
 * @param withinBlocks blocks by which the chain may grow until a node is back; at least 1
 * @param maxLag largest distance at which a node counts as back, in blocks; 0 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Recovery(int withinBlocks, int maxLag) implements Expectation {
    /** Blocks by which the chain may grow by default. */
    public static final int DEFAULT_WITHIN_BLOCKS = 5;

    /** Largest distance by default, in blocks. */
    public static final int DEFAULT_MAX_LAG = 1;

    /** Expects nodes back within {@value #DEFAULT_WITHIN_BLOCKS} blocks, {@value #DEFAULT_MAX_LAG} from the tip. */
    public Recovery() {
        this(DEFAULT_WITHIN_BLOCKS, DEFAULT_MAX_LAG);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (withinBlocks < 1) {
            problems.add("withinBlocks", withinBlocks, "at least 1 block", "Raise it");
        }
        if (maxLag < 0) {
            problems.add("maxLag", maxLag, "0 or more blocks", "Change the lag");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        new RecoveryJudge(run, this).judge();
    }
}
