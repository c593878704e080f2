package org.junitnomos.runner;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.RunPhase;

/**
 * How long a phase took.
 *
 * @param phase the phase
 * @param wall real time it took
 * @param protocol time of the run's clock that passed in it; about {@code wall} unless time is virtual
 * @param problem what went wrong in it; null if nothing
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PhaseTiming(
        RunPhase phase,
        Duration wall,
        Duration protocol,
        @Nullable String problem) {
    public PhaseTiming {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(wall, "wall");
        Objects.requireNonNull(protocol, "protocol");
    }
}
