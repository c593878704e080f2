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
 * Lets the links of one node go down and up again and again.
 *
 * <p>Each time all links of the node are cut, and heal by themselves.
 *
 * @param node name of the node
 * @param at when it begins, in protocol time from the start of the drive; 0 or more
 * @param down how long the links are cut each time; more than 0
 * @param up how long they are up in between; more than 0
 * @param times how often they are cut; at least 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FlappingLinksFault(String node, Duration at, Duration down, Duration up, int times)
        implements WorkloadGenerator {
    public FlappingLinksFault {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(down, "down");
        Objects.requireNonNull(up, "up");
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
        check.node("node", node);
        check.nodes(2, "a single node has no link");
        check.notNegative("at", at);
        check.positive("down", down);
        check.positive("up", up);
        if (times < 1) {
            check.problem("times", times, "at least 1", "Raise it");
        } else {
            check.inWindow(
                    "times",
                    at.plus(down.multipliedBy(times)).plus(up.multipliedBy(times - 1L)),
                    times + ", which ends at ");
        }
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, this::cut);
        injector.drive(() -> {
            for (int i = 0; i < times; i++) {
                var due = at.plus(down.plus(up).multipliedBy(i));
                injector.sleepUntil(due);
                if (injector.isOver()) {
                    return;
                }
                injector.inject(new Decision(due, "isolate", List.of(node), down));
            }
        });
    }

    private void cut(Injector injector, Decision decision) throws InterruptedException {
        injector.hold(
                "the cut of " + node,
                decision.duration(),
                () -> injector.control().isolate(node));
    }
}
