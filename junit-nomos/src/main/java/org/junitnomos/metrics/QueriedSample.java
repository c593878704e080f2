package org.junitnomos.metrics;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * One value in the answer of a Prometheus.
 *
 * @param labels what it is of, with {@code __name__} for the name of a metric, in the order of the names; empty for a
 *     number that is of nothing
 * @param at time of day to which it belongs
 * @param value the value; may be {@code NaN}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record QueriedSample(Map<String, String> labels, Instant at, double value) {
    public QueriedSample {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
