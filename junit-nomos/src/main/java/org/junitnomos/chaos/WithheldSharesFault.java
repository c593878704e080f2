package org.junitnomos.chaos;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Lets all nodes withhold some columns of every blob for a while, from clients and from each other. As long as half of
 * the columns is left, every blob can be had.
 *
 * @param percent share of the columns, rounded down to whole columns but at least one; 1 to 100
 * @param schedule when, how long and how often; which columns is drawn from the seed of the run, anew each time
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WithheldSharesFault(int percent, Schedule schedule) implements WorkloadGenerator {
    public WithheldSharesFault {
        Objects.requireNonNull(schedule, "schedule");
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.SHARES);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.SHARES);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        new ColumnFault(percent, schedule).validate(scenario, problems);
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        new ColumnFault(percent, schedule).drive(run, "withhold", "withholding", NodeControl::withhold);
    }
}
