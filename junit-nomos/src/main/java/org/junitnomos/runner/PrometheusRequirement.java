package org.junitnomos.runner;

import org.apiguardian.api.API;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.metrics.PrometheusChoice;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.RunSettings;

/** Checks whether the Prometheus that a plan asks for can run on this machine, before anything starts. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PrometheusRequirement {
    private PrometheusRequirement() {}

    /**
     * Says what is missing. Asks an engine if a container is to be started.
     *
     * @param scenario the plan, to which the settings were not applied
     */
    public static Requirement of(Scenario scenario, RunSettings settings) {
        if (!scenario.observability() && !settings.observability()) {
            return Requirement.met();
        }
        try {
            return ClusterMetrics.wanted(SettingsApplication.apply(settings, scenario), settings)
                    .map(PrometheusChoice::requirement)
                    .orElseGet(Requirement::met);
        } catch (ScenarioValidationException e) {
            return Requirement.met(); // what is wrong with the plan is told as such
        }
    }
}
