package org.junitnomos.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Stops all nodes of one subnet of data availability for a while, then starts them again with the stores they had.
 *
 * <p>Nobody gives the column of that subnet meanwhile, nor any other that only these nodes hold, and no blob can be
 * dispersed. The members are read from the nodes (node contract 1.5). The last running node is never taken down.
 *
 * @param subnet number of the subnet, which is that of its column; {@link #ANY} to draw one from the seed of the run,
 *     anew each time
 * @param schedule when, how long and how often
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SubnetOutageFault(int subnet, Schedule schedule) implements WorkloadGenerator {
    /** Stands for a subnet that is drawn. */
    public static final int ANY = -1;

    public SubnetOutageFault {
        Objects.requireNonNull(schedule, "schedule");
    }

    /**
     * Stops the nodes of a drawn subnet.
     *
     * @param schedule when, how long and how often
     */
    public SubnetOutageFault(Schedule schedule) {
        this(ANY, schedule);
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
        if (subnet < ANY) {
            check.problem("subnet", subnet, "the number of a subnet, or " + ANY + " for a drawn one", "Change it");
        }
        check.schedule(schedule);
        check.nodes(2, "a last running node is never taken down");
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, SubnetOutageFault::stop);
        injector.drive(schedule, "stop", () -> members(run, injector));
    }

    private List<String> members(RunContext run, Injector injector) {
        for (var node : injector.running()) {
            try {
                var membership = run.client(node).blobs().membership(0);
                int count = membership.subnets().size();
                if (count > 0 && subnet < count) {
                    int chosen = subnet == ANY ? injector.random().nextInt(count) : subnet;
                    return membership.membersOf(chosen);
                }
                injector.note("no node is stopped: there are " + count + " subnets, not one of number " + subnet);
                return List.of();
            } catch (NodeApiException e) {
                injector.note("the subnets cannot be read from " + node + ": " + e.reason());
            }
        }
        return List.of();
    }

    private static void stop(Injector injector, Decision decision) throws InterruptedException {
        var control = injector.control();
        var stopped = new ArrayList<String>();
        try {
            for (var node : decision.targets()) {
                var running = injector.running();
                if (running.size() < 2 || !running.contains(node)) {
                    injector.note(node + " is not stopped: running are only " + running);
                } else if (injector.attempt("the stop of " + node, () -> control.stop(node))) {
                    stopped.add(node);
                }
            }
            injector.sleep(decision.duration());
        } finally {
            for (var node : stopped) {
                injector.attempt("the start of " + node, () -> control.start(node));
            }
        }
    }
}
