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
 * Cuts the cluster in two for a while, once or again and again.
 *
 * <p>The nodes of each side stay linked. Who is on which side is drawn from the seed of the run, anew each time. The
 * partition heals itself, also if the run ends early, and never later than the last slot of the run window. One that
 * lasts longer than the time of k blocks makes both sides final, and they may never agree again.
 *
 * @param shape how the nodes are divided
 * @param schedule when, how long and how often
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PartitionFault(PartitionShape shape, Schedule schedule) implements WorkloadGenerator {
    private static final String KIND = "partition";

    public PartitionFault {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(schedule, "schedule");
    }

    /**
     * Cuts the cluster in two once.
     *
     * @param shape how the nodes are divided
     * @param at when it begins
     * @param duration how long it lasts
     */
    public PartitionFault(PartitionShape shape, Duration at, Duration duration) {
        this(shape, Schedule.once(at, duration));
    }

    /**
     * Cuts the cluster in two again and again.
     *
     * @param shape how the nodes are divided
     * @param at when it begins for the first time
     * @param duration how long it lasts each time
     * @param every time from one partition to the next; more than {@code duration}
     */
    public PartitionFault(PartitionShape shape, Duration at, Duration duration, Duration every) {
        this(shape, new Schedule(at, duration, every));
    }

    @Override
    public String name() {
        return "partition " + shape.label();
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.LINKS);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.PARTITION);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.schedule(schedule);
        check.nodes(2, "a partition has two sides");
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, PartitionFault::cut);
        injector.drive(schedule, KIND, () -> side(run, injector));
    }

    /** Draws one side; the other nodes are the other one. */
    private List<String> side(RunContext run, Injector injector) {
        var nodes = injector.nodes();
        if (shape != PartitionShape.ISOLATE_LEADER) {
            return shape.side(nodes, injector.random());
        }
        var leader = new LastProposer(run).find(injector.random());
        if (leader.isEmpty()) {
            injector.note("no running node has proposed a block yet, so a drawn one is isolated");
        }
        return leader.map(List::of).orElseGet(() -> shape.side(nodes, injector.random()));
    }

    private static void cut(Injector injector, Decision decision) throws InterruptedException {
        var others = injector.nodes().stream()
                .filter(node -> !decision.targets().contains(node))
                .toList();
        var sides = List.of(decision.targets(), others);
        injector.hold(
                "the partition " + sides,
                decision.duration(),
                () -> injector.control().partition(sides));
    }
}
