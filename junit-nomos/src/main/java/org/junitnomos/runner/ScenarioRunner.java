package org.junitnomos.runner;

import org.apiguardian.api.API;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.RunSettings;

/** Runs scenarios without JUnit: every phase, from deploy to cleanup. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ScenarioRunner {
    private ScenarioRunner() {}

    /**
     * Runs a scenario; blocks until it is cleaned up.
     *
     * @param scenario the plan
     * @param settings the settings
     * @return how it ended; never throws because of that
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static RunResult run(Scenario scenario, RunSettings settings) {
        return run(scenario, settings, context -> {});
    }

    /**
     * Runs a scenario with a body; blocks until it is cleaned up. A body that goes on long after the deadline of the
     * run, and listens to nothing, ends the JVM: see {@link JvmHalt}.
     *
     * @param scenario the plan
     * @param settings the settings
     * @param body runs on the calling thread while the scenario is driven; may return early
     * @return how it ended; what the body threw is in it
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static RunResult run(Scenario scenario, RunSettings settings, Body body) {
        return ScenarioRun.of(scenario, settings, null).runToEnd(body);
    }

    /** What runs, beside the workloads, while a scenario is driven. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs the body.
         *
         * @param run the run
         * @throws Throwable if it fails
         */
        void run(RunContext run) throws Throwable;
    }
}
