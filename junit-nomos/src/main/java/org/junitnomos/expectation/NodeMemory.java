package org.junitnomos.expectation;

import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that nodes need no more memory than that, and that it does not grow by more than that.
 *
 * <p>It is what the machine says of them ({@code nomos_process_resident_memory_bytes}), so inconclusive where nodes
 * are part of the test JVM.
 *
 * @param mebibytes the most at any time until the end of the run window; more than 0, {@code Infinity} for no bound
 * @param growth how many mebibytes more than before the run window it may be at the end; {@code Infinity} for no bound
 * @param node name of the node; empty for each node
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodeMemory(double mebibytes, double growth, String node) implements Expectation {
    private static final String METRIC = "nomos_process_resident_memory_bytes";
    private static final double MEBI = 1 << 20;

    public NodeMemory {
        Objects.requireNonNull(node, "node");
    }

    /**
     * Bounds the memory of each node.
     *
     * @param mebibytes the most at any time
     */
    public NodeMemory(double mebibytes) {
        this(mebibytes, Double.POSITIVE_INFINITY, "");
    }

    @Override
    public String name() {
        var bounds = (isBound(mebibytes) ? " at most " + MetricNumber.shortText(mebibytes) + " MiB" : "")
                + (isBound(growth) ? " growing by at most " + MetricNumber.shortText(growth) + " MiB" : "");
        return "memory" + bounds + (node.isEmpty() ? "" : " on " + node);
    }

    private static boolean isBound(double value) {
        return value != Double.POSITIVE_INFINITY;
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (!(mebibytes > 0)) {
            problems.add("mebibytes", mebibytes, "more than 0", "Change the number");
        }
        if (!(growth >= 0)) {
            problems.add("growth", growth, "0 or more", "Change the number");
        }
        if (!isBound(mebibytes) && !isBound(growth)) {
            problems.add("used without a bound", "mebibytes, growth or both", "Give one");
        }
        JudgedNode.validate(scenario, problems, node);
    }

    private MetricBound bound(MetricMeasure measure, double most) {
        return MetricBound.of(METRIC).on(node).measured(measure).atMost(most * MEBI);
    }

    @Override
    public Map<String, String> capture(RunContext run) {
        return bound(MetricMeasure.VALUE, mebibytes).capture(run);
    }

    @Override
    public void evaluate(RunContext run) {
        if (isBound(mebibytes)) {
            bound(MetricMeasure.VALUE, mebibytes).evaluate(run);
        }
        if (isBound(growth)) {
            bound(MetricMeasure.GROWTH, growth).evaluate(run);
        }
    }
}
