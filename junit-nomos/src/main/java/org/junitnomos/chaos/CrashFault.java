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
 * Kills drawn nodes, as a crash does, and leaves them down for the rest of the run.
 *
 * <p>Who goes down comes from the seed of the run. The last running node is never taken down.
 *
 * @param count number of nodes; at least 1 and fewer than there are
 * @param at when, in protocol time from the start of the drive; 0 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CrashFault(int count, Duration at) implements WorkloadGenerator {
    public CrashFault {
        Objects.requireNonNull(at, "at");
    }

    @Override
    public String name() {
        return "crash and stay down";
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
        check.notNegative("at", at);
        check.inWindow("at", at);
        if (count < 1) {
            check.problem("count", count, "at least 1 node", "Raise it");
        } else {
            check.nodes(count + 1, "a last running node is never taken down");
        }
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, CrashFault::kill);
        var random = injector.random();
        injector.drive(() -> {
            injector.sleepUntil(at);
            for (int i = 0; i < count && !injector.isOver(); i++) {
                var running = injector.running();
                if (running.size() < 2) {
                    injector.note((count - i) + " of " + count + " nodes stay up: only one is running");
                    return;
                }
                var node = running.get(random.nextInt(running.size()));
                injector.inject(new Decision(at, "kill", List.of(node), Duration.ZERO));
            }
        });
    }

    private static void kill(Injector injector, Decision decision) throws InterruptedException {
        injector.attempt(
                "the kill of " + decision.target(), () -> injector.control().kill(decision.target()));
    }
}
