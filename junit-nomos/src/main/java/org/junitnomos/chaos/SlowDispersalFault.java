package org.junitnomos.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/**
 * Makes all links of one executor slow for a while, so that the shares it disperses come late.
 *
 * @param link quality of its links while the fault is in force
 * @param schedule when, how long and how often; which executor is drawn from the seed of the run, anew each time
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SlowDispersalFault(LinkSpec link, Schedule schedule) implements WorkloadGenerator {
    public SlowDispersalFault {
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(schedule, "schedule");
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.LINKS);
    }

    @Override
    public List<Capability> requires() {
        return SettingsCheck.capabilities(link);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.quality(link);
        if (scenario.topology().executors() < 1) {
            problems.given(PlanTerm.EXECUTORS)
                    .add(
                            "used without an executor",
                            "at least 1 executor",
                            "Raise " + problems.name(PlanTerm.EXECUTORS));
        }
        check.schedule(schedule);
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var topology = run.scenario().topology();
        var executors = topology.nodes().stream()
                .filter(node -> node.role() == NodeRole.EXECUTOR)
                .toList();
        var injector = new Injector(run, this::slow);
        injector.drive(schedule, "link", () -> {
            var executor = executors.get(injector.random().nextInt(executors.size()));
            return withPeers(run.scenario(), executor);
        });
    }

    /** The executor first, then those it is linked with. */
    private static List<String> withPeers(Scenario scenario, NodeSpec executor) {
        var nodes = scenario.topology().nodes();
        var names = new ArrayList<>(List.of(executor.name()));
        scenario.topology()
                .layout()
                .peersOf(executor.index(), nodes.size())
                .forEach(peer -> names.add(nodes.get(peer).name()));
        return names;
    }

    private void slow(Injector injector, Decision decision) throws InterruptedException {
        var control = injector.control();
        var executor = decision.target();
        var proofs = new ArrayList<NodeControl.Proof>();
        try {
            for (var peer : decision.targets().subList(1, decision.targets().size())) {
                injector.attempt(
                        "the slow link of " + executor + " and " + peer,
                        () -> proofs.add(control.link(executor, peer, link)));
            }
            injector.sleep(decision.duration());
        } finally {
            for (var proof : proofs) {
                injector.attempt("the end of a slow link of " + executor, () -> control.heal(proof));
            }
        }
    }
}
