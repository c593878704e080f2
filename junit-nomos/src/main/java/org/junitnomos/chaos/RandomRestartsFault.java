package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/**
 * Restarts nodes by chance while the run is driven.
 *
 * <p>After a drawn delay, a drawn node that is not resting is taken down, and started again after {@code downFor}; then
 * it rests for the cooldown. Each node rests on its own, so the others stay eligible; if all of them rest, the restart
 * waits until the first is rested. The last running node is never taken down, and nothing begins in the last slot of
 * the run window; a node that is down then is started.
 *
 * @param minDelay shortest time from one restart to the next, in protocol time; more than 0
 * @param maxDelay longest time; at least {@code minDelay}
 * @param cooldown time for which a node is left alone after its restart; 0 or more
 * @param roles whom it may hit; at least one role, and one that the topology has
 * @param mode how a node is taken down
 * @param downFor how long it stays down; 0 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RandomRestartsFault(
        Duration minDelay,
        Duration maxDelay,
        Duration cooldown,
        List<NodeRole> roles,
        RestartMode mode,
        Duration downFor)
        implements WorkloadGenerator {
    /** Shortest time between two restarts by default: 30 s. */
    public static final Duration DEFAULT_MIN_DELAY = Duration.ofSeconds(30);

    /** Longest time between two restarts by default: 90 s. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(90);

    /** Time for which a node is left alone by default: 2 min. */
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(2);

    public RandomRestartsFault {
        Objects.requireNonNull(minDelay, "minDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        Objects.requireNonNull(cooldown, "cooldown");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(downFor, "downFor");
        roles = roles.stream().distinct().sorted().toList();
    }

    /** Restarts any node every 30 to 90 s, each at most once in 2 min. */
    public RandomRestartsFault() {
        this(DEFAULT_MIN_DELAY, DEFAULT_MAX_DELAY, DEFAULT_COOLDOWN);
    }

    /**
     * Restarts nodes of any role.
     *
     * @param minDelay shortest time from one restart to the next
     * @param maxDelay longest time
     * @param cooldown time for which a node is left alone after its restart
     */
    public RandomRestartsFault(Duration minDelay, Duration maxDelay, Duration cooldown) {
        this(minDelay, maxDelay, cooldown, List.of(NodeRole.values()));
    }

    /**
     * Restarts nodes of some roles at once.
     *
     * @param minDelay shortest time from one restart to the next
     * @param maxDelay longest time
     * @param cooldown time for which a node is left alone after its restart
     * @param roles whom it may hit
     */
    public RandomRestartsFault(Duration minDelay, Duration maxDelay, Duration cooldown, List<NodeRole> roles) {
        this(minDelay, maxDelay, cooldown, roles, RestartMode.STOP, Duration.ZERO);
    }

    /**
     * Returns these restarts with another way to take a node down.
     *
     * @param newMode how a node is taken down
     * @param newDownFor how long it stays down; 0 or more
     * @return a copy
     */
    public RandomRestartsFault by(RestartMode newMode, Duration newDownFor) {
        return new RandomRestartsFault(minDelay, maxDelay, cooldown, roles, newMode, newDownFor);
    }

    @Override
    public String name() {
        return mode == RestartMode.STOP ? "random restarts" : "random kills";
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.NODES_AWAY);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.NODE_CONTROL);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.delay(minDelay, maxDelay);
        check.notNegative("cooldown", cooldown);
        check.notNegative("downFor", downFor);
        check.inWindow("downFor", downFor);
        check.nodes(2, "a last running node is never taken down");
        if (scenario.topology().nodes().stream().noneMatch(node -> roles.contains(node.role()))) {
            problems.given(PlanTerm.VALIDATORS, PlanTerm.EXECUTORS)
                    .add("roles", roles, "a role that the topology has", "Name validator or executor");
        }
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var targets = run.scenario().topology().nodes().stream()
                .filter(node -> roles.contains(node.role()))
                .map(NodeSpec::name)
                .toList();
        var injector = new Injector(run, this::restart);
        injector.drive(() -> {
            var schedule = new RestartSchedule(this, targets, injector.random());
            var due = schedule.nextDelay();
            for (injector.sleepUntil(due); !injector.isOver(); injector.sleepUntil(due)) {
                var target = schedule.pick(injector.elapsed(), injector.running());
                if (target.isPresent()) {
                    injector.inject(new Decision(due, kind(), List.of(target.get()), downFor));
                    schedule.restarted(target.get(), injector.elapsed());
                    due = injector.elapsed().plus(schedule.nextDelay());
                } else {
                    due = injector.elapsed().plus(injector.slot());
                }
            }
        });
    }

    private String kind() {
        return mode == RestartMode.KILL ? "kill" : downFor.isZero() ? "restart" : "stop";
    }

    private void restart(Injector injector, Decision decision) throws InterruptedException {
        var node = decision.target();
        if (mode == RestartMode.STOP && downFor.isZero()) {
            injector.attempt("the restart of " + node, () -> injector.control().restart(node));
            return;
        }
        injector.hold(
                "the " + decision.kind() + " of " + node,
                decision.duration(),
                () -> mode == RestartMode.KILL
                        ? injector.control().kill(node)
                        : injector.control().stop(node),
                proof -> injector.control().start(node));
    }
}
