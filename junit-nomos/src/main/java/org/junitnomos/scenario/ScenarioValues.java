package org.junitnomos.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.TopologySpec;

/** What a plan holds: whoever reads one from elsewhere than a builder puts it together of these, and checks it. */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ScenarioValues(
        String name,
        TopologySpec topology,
        String backend,
        @Nullable TimeMode time,
        List<WorkloadGenerator> workloads,
        List<Expectation> expectations,
        Duration runWindow,
        @Nullable Duration cooldown,
        @Nullable Duration deadline,
        ObservabilitySpec observed) {
    public ScenarioValues {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(runWindow, "runWindow");
        Objects.requireNonNull(observed, "observed");
        workloads = List.copyOf(workloads);
        expectations = List.copyOf(expectations);
    }

    /**
     * Makes a plan.
     *
     * @param problems takes what is wrong, beside what is known
     * @throws ScenarioValidationException if anything is wrong; lists every problem
     */
    Scenario checked(Problems problems) {
        var plan = unchecked();
        new ScenarioCheck(plan, problems).check();
        if (!problems.texts().isEmpty()) {
            throw new ScenarioValidationException("Scenario '" + name + "'", problems.texts());
        }
        return plan;
    }

    /** Makes a plan without a check: {@link Scenario#problems()} tells what is wrong with it. */
    public Scenario unchecked() {
        return new Scenario(this);
    }
}
