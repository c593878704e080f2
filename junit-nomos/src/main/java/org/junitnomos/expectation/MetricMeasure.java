package org.junitnomos.expectation;

import java.util.Locale;
import org.apiguardian.api.API;

/** What of a metric is bounded. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum MetricMeasure {
    /** Its value, whenever the node is asked until the end of the run window. */
    VALUE,
    /**
     * What its value does not exceed for a share of the measured time, in the run window or in every span of a length;
     * see {@link MetricBound#percentile}.
     */
    PERCENTILE,
    /** How much it grows a second, from the start of the run window to its end, or over every span of a length. */
    RATE,
    /** How much more it is at the end of the cooldown than it was before the run window. */
    GROWTH,
    /** Its value at the end of the cooldown. */
    LAST;

    /** What it is called in names and failures, for example {@code "rate"}. */
    String label() {
        return this == LAST ? "last value" : name().toLowerCase(Locale.ROOT);
    }
}
