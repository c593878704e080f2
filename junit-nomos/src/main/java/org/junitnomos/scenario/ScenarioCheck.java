package org.junitnomos.scenario;

/** Finds everything that is wrong with a plan. */
final class ScenarioCheck {
    private final Scenario scenario;
    private final Problems problems;

    ScenarioCheck(Scenario scenario, Problems problems) {
        this.scenario = scenario;
        this.problems = problems;
    }

    void check() {
        scenario.workloads().forEach(workload -> workload.validate(scenario, problems));
        scenario.expectations().forEach(expectation -> expectation.validate(scenario, problems));
    }
}
