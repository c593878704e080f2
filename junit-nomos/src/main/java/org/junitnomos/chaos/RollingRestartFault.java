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
 * Restarts every node once, one after the other in their order, as an upgrade does.
 *
 * <p>A node that is not running is left out, as is the last one that runs.
 *
 * @param at when the first restarts, in protocol time from the start of the drive; 0 or more
 * @param pause time from one restart to the next; more than 0
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RollingRestartFault(Duration at, Duration pause) implements WorkloadGenerator {
    public RollingRestartFault {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(pause, "pause");
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
        check.positive("pause", pause);
        check.nodes(2, "a last running node is never taken down");
        int size = scenario.topology().size();
        if (!at.isNegative() && size > 1) {
            check.inWindow(
                    "pause",
                    at.plus(pause.multipliedBy(size - 1L)),
                    SettingsCheck.text(pause) + ", which restarts the last of " + size + " nodes at ");
        }
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, RollingRestartFault::restart);
        injector.drive(() -> {
            var nodes = injector.nodes();
            for (int i = 0; i < nodes.size(); i++) {
                var due = at.plus(pause.multipliedBy(i));
                injector.sleepUntil(due);
                if (injector.isOver()) {
                    return;
                }
                var running = injector.running();
                if (running.contains(nodes.get(i)) && running.size() > 1) {
                    injector.inject(new Decision(due, "restart", List.of(nodes.get(i)), Duration.ZERO));
                }
            }
        });
    }

    private static void restart(Injector injector, Decision decision) throws InterruptedException {
        injector.attempt(
                "the restart of " + decision.target(), () -> injector.control().restart(decision.target()));
    }
}
