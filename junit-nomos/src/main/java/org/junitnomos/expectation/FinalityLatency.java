package org.junitnomos.expectation;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.journal.TransactionLedger.Fate;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that a share of the accepted transactions are final within a time, measured from the first answer of a node
 * that took it to the moment at which the feed saw it.
 *
 * <p>Judged is the load of the run window, by the fate of each transaction at the end of the cooldown. One that is not
 * there yet counts as late once the time is over, and is not judged before; nor is one that nodes may drop by their
 * rules, because it builds on another that is in no block (node contract 3.5). The percentile is the smallest of the
 * measured times that so many do not exceed. Inconclusive without a transaction to judge.
 *
 * @param percentile the share in percent; more than 0, at most 100
 * @param within the time; more than 0
 * @param node name of the node to which they were submitted first; empty for all nodes together
 * @param eachNode whether each node is judged by itself
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FinalityLatency(double percentile, Duration within, String node, boolean eachNode)
        implements Expectation {
    public FinalityLatency {
        Objects.requireNonNull(within, "within");
        Objects.requireNonNull(node, "node");
    }

    /**
     * Expects it of the transactions of all nodes together.
     *
     * @param percentile the share in percent; more than 0, at most 100
     * @param within the time; more than 0
     */
    public FinalityLatency(double percentile, Duration within) {
        this(percentile, within, "", false);
    }

    /**
     * Judges what was submitted to one node.
     *
     * @param name name of the node
     * @return for that node
     */
    public FinalityLatency on(String name) {
        return new FinalityLatency(percentile, within, name, false);
    }

    /**
     * Judges each node by itself.
     *
     * @return for each node
     */
    public FinalityLatency onEachNode() {
        return new FinalityLatency(percentile, within, "", true);
    }

    @Override
    public String name() {
        return TransactionDelays.name("latency of finality", percentile, within, node, eachNode);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        Delays.validate(percentile, within, problems);
        JudgedNode.validate(scenario, problems, node, eachNode);
    }

    @Override
    public void evaluate(RunContext run) {
        new TransactionDelays(run, percentile, within, node, eachNode).judge(name(), "be final", Fate::finalAt);
    }
}
