package org.junitnomos.runner;

import org.junitnomos.scenario.Scenario;

final class SettingsApplication {
    private SettingsApplication() {}

    static Scenario apply(RunSettings settings, Scenario scenario) {
        return scenario;
    }
}
