package org.junitnomos.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.Misspelling;
import org.junitnomos.topology.NodeSpec;

/**
 * Lets a dev node have a defect of the catalogue for a while, so that you see who notices: an expectation, an explorer,
 * a wallet. It excuses the node from nothing.
 *
 * @param node name of the node; {@link #ALL_NODES} for all that are there then
 * @param name name of the defect, for example {@code "never-leads"}; also the name of the workload
 * @param from when it begins, from the start of the drive; 0 or more
 * @param duration how long the node has it; 0 for the rest of the run window
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record DefectFault(String node, String name, Duration from, Duration duration) implements WorkloadGenerator {
    /** Stands for all nodes. */
    public static final String ALL_NODES = "all";

    public DefectFault {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(duration, "duration");
    }

    /**
     * Lets a node have a defect from the start of the drive to the end of the run window.
     *
     * @param node name of the node; {@link #ALL_NODES} for all
     * @param defect the defect
     */
    public DefectFault(String node, NodeDefect defect) {
        this(node, defect.label(), Duration.ZERO, Duration.ZERO);
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.DEFECT);
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.DEFECTS);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        check.notNegative("from", from);
        check.notNegative("duration", duration);
        check.inWindow("from", from);
        if (!duration.isZero()) {
            check.inWindow("duration", from.plus(duration), SettingsCheck.text(duration) + ", which ends at ");
        }
        if (!node.equals(ALL_NODES)) {
            check.node("node", node, "or \"" + ALL_NODES + "\" for every node");
        }
        var defect = NodeDefect.of(name);
        if (defect.isEmpty()) {
            var names = Stream.of(NodeDefect.values()).map(NodeDefect::label).toList();
            check.problem(
                    "name",
                    '"' + name + '"',
                    "the name of a defect",
                    Misspelling.nearest(name, names)
                            .map(nearest -> "Did you mean \"" + nearest + "\"?")
                            .orElse("Choose one of the catalogue, which begins with " + names.subList(0, 3)));
        } else if (!node.equals(ALL_NODES)) {
            fits(scenario, check, defect.get());
        }
    }

    private void fits(Scenario scenario, SettingsCheck check, NodeDefect defect) {
        var nodes = scenario.topology().nodes();
        var fitting = nodes.stream()
                .filter(each -> defect.scope().fits(each.role()))
                .map(NodeSpec::name)
                .toList();
        if (nodes.stream().anyMatch(each -> each.name().equals(node)) && !fitting.contains(node)) {
            check.problem(
                    "node",
                    '"' + node + '"',
                    defect.scope().label() + " for defect " + defect,
                    fitting.isEmpty()
                            ? "The plan has none: give it one, or choose another defect"
                            : "Name one of " + fitting);
        }
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, this::spoil);
        var length = duration.isZero() ? run.scenario().runWindow() : duration;
        injector.drive(
                Schedule.once(from, length), "defect", () -> node.equals(ALL_NODES) ? injector.nodes() : List.of(node));
    }

    private void spoil(Injector injector, Decision decision) throws InterruptedException {
        var defect = NodeDefect.of(name).orElseThrow();
        var proofs = new ArrayList<NodeControl.Proof>();
        try {
            for (var target : decision.targets()) {
                injector.attempt(
                        "the defect " + defect + " of " + target,
                        () -> proofs.add(injector.control().giveDefect(target, defect)));
            }
            injector.sleep(decision.duration());
        } finally {
            for (var proof : proofs) {
                injector.attempt(
                        "the end of defect " + defect, () -> injector.control().heal(proof));
            }
        }
    }
}
