package org.junitnomos.metrics;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a metric of a node was at one moment.
 *
 * @param at when it was asked for, since the deploy began
 * @param value its value; {@code NaN} if there is none
 * @param missing why there is no value, for example {@code "it does not run"}; null if there is one
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MetricSample(
        Duration at, double value, @Nullable String missing) {
    public MetricSample {
        Objects.requireNonNull(at, "at");
    }

    /** {@return whether there is a value, which may be {@code NaN} if the node says so} */
    public boolean isMeasured() {
        return missing == null;
    }
}
