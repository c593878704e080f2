package org.junitnomos.expectation;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that nodes take no more of the processors than that.
 *
 * <p>It is what the machine says of them ({@code nomos_process_cpu_seconds}), so inconclusive where nodes are part of
 * the test JVM.
 *
 * @param processors the most processors at once, on average; more than 0, for example 0.5
 * @param over length of the spans over which the average is taken; null for the whole run window
 * @param node name of the node; empty for each node
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodeProcessor(double processors, @Nullable Duration over, String node) implements Expectation {
    public NodeProcessor {
        Objects.requireNonNull(node, "node");
    }

    /**
     * Bounds the average of each node over the whole run window.
     *
     * @param processors the most; more than 0
     */
    public NodeProcessor(double processors) {
        this(processors, null, "");
    }

    private MetricBound bound() {
        return new MetricBound(
                "nomos_process_cpu_seconds",
                node,
                false,
                MetricMeasure.RATE,
                0,
                over,
                Double.NEGATIVE_INFINITY,
                processors,
                0,
                false);
    }

    @Override
    public String name() {
        return "processors at most " + MetricNumber.shortText(processors) + (node.isEmpty() ? "" : " on " + node);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (!(processors > 0)) {
            problems.add("processors", processors, "more than 0", "Change the number");
        } else {
            bound().validate(scenario, problems);
        }
    }

    @Override
    public Map<String, String> capture(RunContext run) {
        return bound().capture(run);
    }

    @Override
    public void evaluate(RunContext run) {
        bound().evaluate(run);
    }
}
