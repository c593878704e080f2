package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/**
 * Restart nodes by chance: wait a drawn time, restart a drawn node, and again until the run window ends.
 *
 * <p>The cooldown counts for each node on its own, so that the others stay eligible while one rests. A restart is on
 * record as a fault that was seen in force and healed when the node's API answers again. The last running node is never
 * taken down: while only one runs, and while all targets rest, the next restart waits. Delays and targets come from the
 * seed of the run; nothing begins in the last slot of the run window.
 *
 * @param minDelay shortest time from one restart to the next, in protocol time; more than 0
 * @param maxDelay longest time; at least {@code minDelay}
 * @param cooldown time for which a node is left alone after its restart; 0 or more
 * @param roles whom it may hit; at least one role, and one that the topology has
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RandomRestarts(Duration minDelay, Duration maxDelay, Duration cooldown, List<NodeRole> roles)
        implements WorkloadGenerator {
    /** Shortest time between two restarts by default: 30 s. */
    public static final Duration DEFAULT_MIN_DELAY = Duration.ofSeconds(30);

    /** Longest time between two restarts by default: 90 s. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(90);

    /** Time for which a node is left alone by default: 2 min. */
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(2);

    public RandomRestarts {
        Objects.requireNonNull(minDelay, "minDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        Objects.requireNonNull(cooldown, "cooldown");
        roles = roles.stream().distinct().sorted().toList();
    }

    /** Restart any node every 30 to 90 s, each at most once in 2 min. */
    public RandomRestarts() {
        this(DEFAULT_MIN_DELAY, DEFAULT_MAX_DELAY, DEFAULT_COOLDOWN);
    }

    /**
     * Restart nodes of any role.
     *
     * @param minDelay shortest time from one restart to the next
     * @param maxDelay longest time
     * @param cooldown time for which a node is left alone after its restart
     */
    public RandomRestarts(Duration minDelay, Duration maxDelay, Duration cooldown) {
        this(minDelay, maxDelay, cooldown, List.of(NodeRole.values()));
    }

    @Override
    public String name() {
        return "random restarts";
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.NODE_CONTROL);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck("@RandomRestarts", scenario, problems);
        check.positive("minDelay", minDelay);
        if (maxDelay.compareTo(minDelay) < 0) {
            check.problem(
                    "maxDelay",
                    maxDelay,
                    "at least the shortest delay of " + SettingsCheck.text(minDelay),
                    "Raise maxDelay or lower minDelay");
        }
        check.inWindow("maxDelay", maxDelay);
        check.notNegative("cooldown", cooldown);
        check.nodes(2, "a last running node is never taken down");
        if (targets(scenario).isEmpty()) {
            problems.add("@RandomRestarts.roles", roles, "a role that the topology has", "Name validator or executor");
        }
    }

    private List<String> targets(Scenario scenario) {
        return scenario.topology().nodes().stream()
                .filter(node -> roles.contains(node.role()))
                .map(NodeSpec::name)
                .toList();
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, name());
        var schedule = new RestartSchedule(this, targets(run.scenario()), run.random(name()));
        injector.sleep(schedule.nextDelay());
        while (!injector.isOver()) {
            var running = injector.running().stream().map(NodeHandle::name).toList();
            var target = schedule.pick(injector.elapsed(), running);
            if (target.isPresent()) {
                var node = target.get();
                injector.attempt("the restart of " + node, () -> run.control().restart(node));
                schedule.restarted(node, injector.elapsed());
                injector.sleep(schedule.nextDelay());
            } else {
                injector.sleep(injector.slot());
            }
        }
    }
}
