package org.junitnomos.metrics;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * What a metric of a node was in the course of a run.
 *
 * @param node name of the node
 * @param metric the metric
 * @param samples one each time the node was asked, oldest first; also while it did not tell
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MetricSeries(String node, Metric metric, List<MetricSample> samples) {
    public MetricSeries {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(metric, "metric");
        samples = List.copyOf(samples);
    }

    /** {@return the value when the node was asked last; empty if it had none then} */
    public OptionalDouble last() {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        var last = samples.get(samples.size() - 1);
        return last.isMeasured() ? OptionalDouble.of(last.value()) : OptionalDouble.empty();
    }
}
