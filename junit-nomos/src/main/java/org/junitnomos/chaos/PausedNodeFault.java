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
 * Halts a node as it stands for a while, as a machine that swaps or a virtual machine that is moved: it accepts
 * connections and says nothing.
 *
 * <p>The last running node is never paused. A paused node goes on by itself, also if the run ends early, and never
 * later than the last slot of the run window.
 *
 * @param node name of the node; empty to draw a running one from the seed of the run, anew each time
 * @param schedule when, how long and how often
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PausedNodeFault(String node, Schedule schedule) implements WorkloadGenerator {
    public PausedNodeFault {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(schedule, "schedule");
    }

    /**
     * Pauses a node once.
     *
     * @param node name of the node; empty to draw one
     * @param at when it begins
     * @param duration how long it lasts
     */
    public PausedNodeFault(String node, Duration at, Duration duration) {
        this(node, Schedule.once(at, duration));
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.NODES_AWAY);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.PAUSE);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        if (!node.isEmpty()) {
            check.node("node", node);
        }
        check.schedule(schedule);
        check.nodes(2, "a last running node is never paused");
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, PausedNodeFault::pause);
        injector.drive(schedule, "pause", () -> target(injector));
    }

    private List<String> target(Injector injector) {
        var running = injector.running();
        if (running.size() < 2 || (!node.isEmpty() && !running.contains(node))) {
            injector.note("no node is paused: running are only " + running);
            return List.of();
        }
        return List.of(node.isEmpty() ? running.get(injector.random().nextInt(running.size())) : node);
    }

    private static void pause(Injector injector, Decision decision) throws InterruptedException {
        var node = decision.target();
        injector.hold(
                "the pause of " + node,
                decision.duration(),
                () -> injector.control().pause(node),
                proof -> injector.control().resume(node));
    }
}
