package org.junitnomos.runner;

import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeRule;

/** Names the system under test, with what a plan changes of it. */
final class SystemText {
    private SystemText() {}

    static String of(Scenario scenario, Deployer deployer, String system) {
        var missing = scenario.topology().consensus().withoutRules().stream()
                .map(NodeRule::label)
                .toList();
        return system
                + (missing.isEmpty() ? "" : " without " + String.join(" and ", missing))
                + overlay(scenario, deployer);
    }

    private static String overlay(Scenario scenario, Deployer deployer) {
        if (scenario.topology().overlay().isEmpty()) {
            return "";
        }
        return deployer.capabilities().contains(Capability.OVERLAY)
                ? "; overlay of the plan"
                : "; the plan's overlay changes nothing";
    }
}
