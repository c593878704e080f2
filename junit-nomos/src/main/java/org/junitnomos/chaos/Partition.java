package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.NodeSpec;

/**
 * Cut the cluster in two for a while, once or again and again.
 *
 * <p>The nodes of each side stay linked. Who is on which side is drawn from the seed of the run, anew each time. The
 * partition heals itself, also if the run ends early, and never later than the last slot of the run window.
 *
 * @param shape how the nodes are divided
 * @param at when it begins, in protocol time from the start of the drive; 0 or more
 * @param duration how long it lasts; more than 0. Longer than the time of k blocks it makes both sides final, and
 *     they may never agree again
 * @param every time from one partition to the next; more than {@code duration}, or 0 for only one
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Partition(PartitionShape shape, Duration at, Duration duration, Duration every)
        implements WorkloadGenerator {
    public Partition {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(every, "every");
    }

    /**
     * Cut the cluster in two once.
     *
     * @param shape how the nodes are divided
     * @param at when it begins
     * @param duration how long it lasts
     */
    public Partition(PartitionShape shape, Duration at, Duration duration) {
        this(shape, at, duration, Duration.ZERO);
    }

    @Override
    public String name() {
        return "partition " + shape.label();
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.PARTITION);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck("@Partition", scenario, problems);
        check.span(at, duration);
        if (every.isNegative() || (!every.isZero() && every.compareTo(duration) <= 0)) {
            check.problem(
                    "every",
                    every,
                    "0 for only one, or more than the duration of " + SettingsCheck.text(duration),
                    "Raise every or remove it");
        }
        check.nodes(2, "a partition has two sides");
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, name());
        var random = run.random(name());
        var nodes =
                run.scenario().topology().nodes().stream().map(NodeSpec::name).toList();
        injector.repeat(at, every, () -> {
            var sides = shape.sides(nodes, random);
            injector.hold("the partition " + sides, () -> run.control().partition(sides), duration);
        });
    }
}
