package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.LinkSpec;

/**
 * Makes one link slow for a while, both ways.
 *
 * @param a name of one node
 * @param b name of the other, which the layout links with {@code a}
 * @param link quality of the link while the fault is in force
 * @param schedule when, how long and how often
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SlowLinkFault(String a, String b, LinkSpec link, Schedule schedule) implements WorkloadGenerator {
    public SlowLinkFault {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(schedule, "schedule");
    }

    /**
     * Makes one link slow once.
     *
     * @param a name of one node
     * @param b name of the other
     * @param link quality of the link while the fault is in force
     * @param at when it begins
     * @param duration how long it lasts
     */
    public SlowLinkFault(String a, String b, LinkSpec link, Duration at, Duration duration) {
        this(a, b, link, Schedule.once(at, duration));
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.LINKS);
    }

    @Override
    public List<Capability> requires() {
        return SettingsCheck.capabilities(link);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.linked(a, b);
        check.quality(link);
        check.schedule(schedule);
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, this::slow);
        injector.drive(schedule, "link", () -> List.of(a, b));
    }

    private void slow(Injector injector, Decision decision) throws InterruptedException {
        injector.hold(
                "the slow link of " + a + " and " + b,
                decision.duration(),
                () -> injector.control().link(a, b, link));
    }
}
