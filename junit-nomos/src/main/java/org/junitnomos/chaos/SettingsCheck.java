package org.junitnomos.chaos;

import java.time.Duration;
import org.junitnomos.internal.DurationText;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeSpec;

/** Check the settings of one fault against the plan; every problem names the annotation that stands for it. */
final class SettingsCheck {
    private final String annotation;
    private final Scenario scenario;
    private final Problems problems;

    SettingsCheck(String annotation, Scenario scenario, Problems problems) {
        this.annotation = annotation;
        this.scenario = scenario;
        this.problems = problems;
    }

    static String text(Duration duration) {
        return DurationText.format(duration);
    }

    void problem(String attribute, Object value, String expected, String fix) {
        Object shown = value instanceof Duration duration ? text(duration) : value;
        problems.add(annotation + "." + attribute, shown, expected, fix);
    }

    void positive(String attribute, Duration value) {
        if (value.isNegative() || value.isZero()) {
            problem(attribute, value, "more than 0", "Give a longer time");
        }
    }

    void notNegative(String attribute, Duration value) {
        if (value.isNegative()) {
            problem(attribute, value, "0 or more", "Give a longer time");
        }
    }

    /** A time that must pass before the run window ends, or the fault would never happen. */
    void inWindow(String attribute, Duration value) {
        var latest = scenario.runWindow().minus(scenario.topology().consensus().slotDuration());
        if (!scenario.runWindow().isNegative() && value.compareTo(latest) >= 0) {
            problem(
                    attribute,
                    value,
                    "less than " + text(latest) + ", the run window without its last slot",
                    "Lower it or run longer");
        }
    }

    void nodes(int least, String why) {
        int size = scenario.topology().size();
        if (size < least) {
            problems.add(
                    annotation,
                    "used with " + size + (size == 1 ? " node" : " nodes"),
                    "at least " + least + " nodes: " + why,
                    "Raise @Topology.validators");
        }
    }

    /** The name of a node, or empty where one is drawn. */
    void node(String attribute, String name) {
        var names = scenario.topology().nodes().stream().map(NodeSpec::name).toList();
        if (!names.contains(name)) {
            problem(attribute, '"' + name + '"', "one of " + names, "Name one of them");
        }
    }
}
