package org.junitnomos.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.topology.TopologySpec;

/**
 * Hold the immutable plan of a run: the single source of truth. Equal by value; annotations and builder give equal
 * plans.
 *
 * @param name name in reports
 * @param topology the cluster
 * @param backend name of the backend; {@code "embedded"} by default
 * @param time how time passes; null for the backend's default
 * @param workloads load and behavior
 * @param expectations what must hold
 * @param runWindow length of the drive phase; at least two slots
 * @param cooldown wait before judging; null for the default, the time of {@code k} or 5 expected blocks, the larger
 * @param deadline limit of the whole run in real time; null for the default
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Scenario(
        String name,
        TopologySpec topology,
        String backend,
        @Nullable TimeMode time,
        List<WorkloadGenerator> workloads,
        List<Expectation> expectations,
        Duration runWindow,
        @Nullable Duration cooldown,
        @Nullable Duration deadline) {
    public Scenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(topology, "topology");
        workloads = List.copyOf(workloads);
        expectations = List.copyOf(expectations);
    }
}
