package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeSpec;

/** Checks the settings of one fault against the plan; every problem names a component. */
final class SettingsCheck {
    private final Scenario scenario;
    private final Problems problems;

    SettingsCheck(Scenario scenario, Problems problems) {
        this.scenario = scenario;
        this.problems = problems;
    }

    static String text(Duration duration) {
        return DurationText.format(duration);
    }

    void problem(String component, Object value, String expected, String fix) {
        Object shown = value instanceof Duration duration ? text(duration) : value;
        problems.add(component, shown, expected, fix);
    }

    /** Problems that rest on the nodes of the plan. */
    private Problems givenNodes() {
        return problems.given(PlanTerm.VALIDATORS, PlanTerm.EXECUTORS, PlanTerm.TOPOLOGY);
    }

    void positive(String component, Duration value) {
        if (value.isNegative() || value.isZero()) {
            problem(component, value, "more than 0", "Give a longer time");
        }
    }

    void notNegative(String component, Duration value) {
        if (value.isNegative()) {
            problem(component, value, "0 or more", "Give a longer time");
        }
    }

    /** A time that must pass before the run window ends, or the fault would never happen. */
    void inWindow(String component, Duration value) {
        inWindow(component, value, "");
    }

    /** The same for a time that follows from a setting; {@code before} tells how. */
    void inWindow(String component, Duration value, String before) {
        var latest = scenario.runWindow().minus(scenario.topology().consensus().slotDuration());
        if (!scenario.runWindow().isNegative() && value.compareTo(latest) >= 0) {
            problems.given(PlanTerm.RUN_WINDOW, PlanTerm.SLOT)
                    .add(
                            component,
                            before + text(value),
                            "less than " + text(latest) + ", the run window without its last slot",
                            "Lower it or run longer");
        }
    }

    void nodes(int least, String why) {
        int size = scenario.topology().size();
        if (size < least) {
            givenNodes()
                    .add(
                            "used with " + size + (size == 1 ? " node" : " nodes"),
                            "at least " + least + " nodes: " + why,
                            "Raise " + problems.name(PlanTerm.VALIDATORS));
        }
    }

    /** When a fault is in force. */
    void schedule(Schedule schedule) {
        var every = schedule.every();
        var duration = schedule.duration();
        notNegative("at", schedule.at());
        positive("duration", duration);
        inWindow("duration", schedule.at().plus(duration), text(duration) + ", which ends at ");
        if (every.isNegative() || (!every.isZero() && every.compareTo(duration) <= 0)) {
            problem(
                    "every",
                    every,
                    "0 for only one, or more than the duration of " + text(duration),
                    "Raise every or remove it");
        }
    }

    /** A delay that is drawn between two bounds, the longer of which lies in the run window. */
    void delay(Duration minDelay, Duration maxDelay) {
        positive("minDelay", minDelay);
        if (maxDelay.compareTo(minDelay) < 0) {
            problem(
                    "maxDelay",
                    maxDelay,
                    "at least the shortest delay of " + text(minDelay),
                    "Raise maxDelay or lower minDelay");
        }
        inWindow("maxDelay", maxDelay);
    }

    /** Two nodes that the layout links. */
    void linked(String a, String b) {
        node("a", a);
        node("b", b);
        var topology = scenario.topology();
        var nodes = topology.nodes();
        for (var node : nodes) {
            if (node.name().equals(a)) {
                var peers = topology.layout().peersOf(node.index(), nodes.size()).stream()
                        .map(peer -> nodes.get(peer).name())
                        .toList();
                if (!peers.contains(b)
                        && nodes.stream().anyMatch(each -> each.name().equals(b))) {
                    givenNodes()
                            .add(
                                    "b",
                                    '"' + b + '"',
                                    "a node that " + a + " is linked with: " + peers,
                                    "Name one of them");
                }
            }
        }
    }

    /** How a link is while a fault is in force. */
    void quality(LinkSpec link) {
        notNegative("latency", link.latency());
        notNegative("jitter", link.jitter());
        if (link.lossPerMille() < 0 || link.lossPerMille() > 999) {
            problem("lossPerMille", link.lossPerMille(), "0 to 999", "Change the number");
        }
        if (link.bandwidth() < 0) {
            problem("bandwidth", link.bandwidth(), "0 for no limit, or more", "Change the number");
        }
    }

    /** What a backend must be able to do for links like that. */
    static List<Capability> capabilities(LinkSpec link) {
        return link.bandwidth() == 0
                ? List.of(Capability.LINK_QUALITY)
                : List.of(Capability.LINK_QUALITY, Capability.BANDWIDTH);
    }

    /** The name of a node. */
    void node(String component, String name) {
        node(component, name, "");
    }

    /** The same where something else may stand, too; {@code other} says what, and is empty if nothing may. */
    void node(String component, String name, String other) {
        var names = scenario.topology().nodes().stream().map(NodeSpec::name).toList();
        if (!names.contains(name)) {
            givenNodes()
                    .add(
                            component,
                            '"' + name + '"',
                            "one of " + names + (other.isEmpty() ? "" : ", " + other),
                            "Name one of them");
        }
    }
}
