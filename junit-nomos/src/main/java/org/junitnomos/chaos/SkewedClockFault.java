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

/**
 * Sets the clock of a node apart from the others for a while.
 *
 * @param node name of the node
 * @param ahead how far its clock runs ahead; negative: behind; not 0
 * @param schedule when, how long and how often
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SkewedClockFault(String node, Duration ahead, Schedule schedule) implements WorkloadGenerator {
    public SkewedClockFault {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(ahead, "ahead");
        Objects.requireNonNull(schedule, "schedule");
    }

    /**
     * Sets the clock of a node apart once.
     *
     * @param node name of the node
     * @param ahead how far its clock runs ahead; negative: behind; not 0
     * @param at when it begins
     * @param duration how long it lasts
     */
    public SkewedClockFault(String node, Duration ahead, Duration at, Duration duration) {
        this(node, ahead, Schedule.once(at, duration));
    }

    @Override
    public String name() {
        return "clock skew";
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.CLOCKS);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.CLOCK_SKEW);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.node("node", node);
        if (ahead.isZero()) {
            check.problem("ahead", ahead, "a time that is not 0", "Say how far the clock runs ahead or behind");
        }
        check.schedule(schedule);
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, this::skew);
        injector.drive(schedule, "skew clock", () -> List.of(node));
    }

    private void skew(Injector injector, Decision decision) throws InterruptedException {
        injector.hold(
                "the clock skew of " + node,
                decision.duration(),
                () -> injector.control().skewClock(node, ahead));
    }
}
