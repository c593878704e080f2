package org.junitnomos.runner;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;

/**
 * Hold one run of a scenario and its phases. Every phase happens once, however often it is asked for, and later calls
 * return, or throw, what the first one did. Thread-safe; the phases may be asked for by different threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ScenarioRun implements AutoCloseable {
    private ScenarioRun() {}

    /**
     * Prepare a run on a cluster of its own, which is removed with the run; nothing is started yet.
     *
     * @param scenario the plan; the settings are applied to it
     * @param settings the settings
     * @param test the test that runs it, as Surefire selects it ({@code Class#method}); null outside of a test
     * @return the run; owned by the caller, who must close it
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static ScenarioRun of(Scenario scenario, RunSettings settings, @Nullable String test) {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Prepare a run on a cluster that outlives it; nothing is started yet.
     *
     * @param cluster the cluster; not closed by the run
     * @param scenario the plan; its topology, backend and time are those of the cluster
     * @param settings the settings
     * @param test the test that runs it; null outside of a test
     * @return the run; owned by the caller, who must close it before the next run on that cluster starts
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static ScenarioRun on(
            LiveCluster cluster, Scenario scenario, RunSettings settings, @Nullable String test) {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Return what runs.
     *
     * @return plan with the settings applied, settings, seed
     */
    public RunInfo info() {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Deploy the cluster, if it is not deployed yet; blocks until every node is ready.
     *
     * @return the context of the run
     * @throws DeploymentException if it cannot be deployed; every call throws it
     */
    public RunContext deploy() {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Return the context of the run; deploys if needed.
     *
     * @return what {@link #deploy()} returned
     * @throws DeploymentException if it cannot be deployed
     */
    public RunContext context() {
        return deploy();
    }

    /**
     * Say whether the deploy was tried and failed.
     *
     * @return false before the deploy
     */
    public boolean isDeployFailed() {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Take the baselines and begin to drive; deploys if needed.
     *
     * @throws AssertionError if a baseline refused the cluster: the run is over, its result says why
     * @throws DeploymentException if the cluster cannot be deployed or a baseline cannot be taken
     */
    public void start() {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Run the test body on the calling thread as part of the run; starts if needed. A failure of the body ends the run
     * window. When something else ends the window early, the body is interrupted, and an {@link InterruptedException}
     * that it then throws is swallowed: what ended the window is the result.
     *
     * @param body the body
     * @throws Throwable what the body threw
     */
    public void body(ThrowingBody body) throws Throwable {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Wait for the rest of the run window, cool down, and evaluate every expectation. Does not throw because of what it
     * finds; after a failed deploy or a refused baseline it returns the result that says so. Starts if needed.
     *
     * @return how the run ended
     */
    public RunResult finish() {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Return the result, if there is one.
     *
     * @return empty before {@link #finish()} has ended
     */
    public Optional<RunResult> result() {
        throw new UnsupportedOperationException("lands soon");
    }

    RunResult runToEnd(ScenarioRunner.Body body) {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Clean up: stop load, heal, keep evidence, stop nodes, look for leaks; in any state of the run. Idempotent.
     *
     * @throws DeploymentException if something could not be cleaned up and the run itself did not fail; else that is
     *     suppressed in the failure of the run
     */
    @Override
    public void close() {}
}
