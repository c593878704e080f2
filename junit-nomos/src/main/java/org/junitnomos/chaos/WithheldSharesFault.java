package org.junitnomos.chaos;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Let all nodes withhold some columns of every blob for a while, from clients and from each other. As long as half of
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
    public String name() {
        return "withheld shares";
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.SHARES);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        if (percent < 1 || percent > 100) {
            check.problem("percent", percent, "1 to 100 percent of the columns", "Change it");
        }
        check.schedule(schedule);
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, WithheldSharesFault::breakShares);
        injector.drive(schedule, "withhold", () -> Columns.draw(run, injector, percent));
    }

    private static void breakShares(Injector injector, Decision decision) throws InterruptedException {
        injector.hold(
                "withholding columns " + decision.targets(),
                decision.duration(),
                () -> injector.control().withhold(Columns.numbers(decision.targets())));
    }
}
