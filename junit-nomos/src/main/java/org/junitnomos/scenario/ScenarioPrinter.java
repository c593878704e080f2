package org.junitnomos.scenario;

import java.util.List;

/** Describes a plan in lines. */
final class ScenarioPrinter {
    private final Scenario scenario;

    ScenarioPrinter(Scenario scenario) {
        this.scenario = scenario;
    }

    List<String> lines() {
        return List.of(scenario.name());
    }
}
