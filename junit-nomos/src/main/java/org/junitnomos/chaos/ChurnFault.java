package org.junitnomos.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.NodeRole;

/**
 * Lets nodes join and leave by chance while the run is driven.
 *
 * <p>After a drawn delay, one node more joins, or a drawn one of those that joined leaves for good; chance decides
 * which of both, within the bounds. The nodes of the plan stay, because they hold the stake: to take those down, use
 * {@link RandomRestartsFault} and {@link CrashFault}. Who is there at the end of the run window stays.
 *
 * @param minDelay shortest time from one change to the next, in protocol time; more than 0
 * @param maxDelay longest time; at least {@code minDelay}
 * @param least fewest newcomers once there have been so many; 0 or more
 * @param most most newcomers at one time; at least 1, and more than {@code least}
 * @param role role of the newcomers
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ChurnFault(Duration minDelay, Duration maxDelay, int least, int most, NodeRole role)
        implements WorkloadGenerator {
    /** Most newcomers at one time by default. */
    public static final int DEFAULT_MOST = 3;

    private static final String JOIN = "add";
    private static final String LEAVE = "remove";

    public ChurnFault {
        Objects.requireNonNull(minDelay, "minDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        Objects.requireNonNull(role, "role");
    }

    /**
     * Lets up to {@value #DEFAULT_MOST} validators join and leave.
     *
     * @param minDelay shortest time from one change to the next
     * @param maxDelay longest time
     */
    public ChurnFault(Duration minDelay, Duration maxDelay) {
        this(minDelay, maxDelay, 0, DEFAULT_MOST, NodeRole.VALIDATOR);
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.NODES_AWAY);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.MEMBERSHIP);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.delay(minDelay, maxDelay);
        if (least < 0) {
            check.problem("least", least, "0 or more nodes", "Raise it");
        }
        if (most < 1 || most <= least) {
            check.problem("most", most, "at least 1 node, and more than least, which is " + least, "Raise it");
        }
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var newcomers = new ArrayList<String>();
        var injector = new Injector(run, (injecting, decision) -> change(injecting, decision, newcomers));
        injector.drive(() -> {
            var random = injector.random();
            long span = maxDelay.minus(minDelay).toNanos();
            while (!injector.isOver()) {
                var due = injector.elapsed().plus(minDelay).plusNanos((long) (span * random.nextDouble()));
                injector.sleepUntil(due);
                if (injector.isOver()) {
                    return;
                }
                boolean join = newcomers.size() <= least || (newcomers.size() < most && random.nextBoolean());
                injector.inject(
                        join
                                ? new Decision(due, JOIN, List.of(), Duration.ZERO)
                                : new Decision(
                                        due,
                                        LEAVE,
                                        List.of(newcomers.get(random.nextInt(newcomers.size()))),
                                        Duration.ZERO));
            }
        });
    }

    private void change(Injector injector, Decision decision, List<String> newcomers) throws InterruptedException {
        if (decision.kind().equals(JOIN)) {
            injector.attempt(
                    "the arrival of one " + role.label() + " more",
                    () -> newcomers.addAll(injector.control().add(role).targets()));
            return;
        }
        var node = decision.target();
        if (newcomers.remove(node)) {
            injector.attempt("the leave of " + node, () -> injector.control().remove(node));
        } else {
            injector.note(node + " does not leave: it did not join");
        }
    }
}
