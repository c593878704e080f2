package org.junitnomos.scenario;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster has a Prometheus of its own.
 *
 * @param wanted whether it has one
 * @param image that of its container; null for the program of the machine, or the usual image where there is none
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ObservabilitySpec(boolean wanted, @Nullable String image) {
    /** Without one. */
    public static final ObservabilitySpec NONE = new ObservabilitySpec(false, null);
}
