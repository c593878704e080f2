package org.junitnomos.runner;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.RunSettings;
import org.slf4j.LoggerFactory;

/**
 * One run of a scenario and its phases. Every phase happens once, however often it is asked for, and later calls
 * return, or throw, what the first one did. Thread-safe; the phases may be asked for by different threads.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ScenarioRun implements AutoCloseable {

    private final RunInfo info;
    private final boolean owned;
    private final RunPhases phases;
    private final OneTimeAction<DeployedRun> deploy;
    private final OneTimeAction<Boolean> start;
    private final OneTimeAction<RunResult> finish;
    private final OneTimeAction<Boolean> tearDown;
    private final OneTimeAction<Boolean> settle;
    private final OneTimeAction<RunResult> close;

    private ScenarioRun(RunInfo info, LiveCluster cluster, boolean owned, List<RunReporter> reporters) {
        this.info = info;
        this.owned = owned;
        this.phases = new RunPhases(info, cluster, reporters);
        this.deploy = new OneTimeAction<>("the deploy", phases::deploy);
        this.start = new OneTimeAction<>("the start", this::startOnce);
        this.finish = new OneTimeAction<>("the evaluation", this::finishOnce);
        this.tearDown = new OneTimeAction<>("the cleanup", this::tearDownOnce);
        this.settle = new OneTimeAction<>("the last writing", this::settleOnce);
        this.close = new OneTimeAction<>("the end", this::closeOnce);
    }

    /**
     * Prepares a run on a cluster of its own, which is removed with the run; nothing is started yet.
     *
     * @param scenario the plan; the settings are applied to it
     * @param test the test that runs it, as Surefire selects it ({@code Class#method}); null outside of a test
     * @return the run; owned by the caller, who must close it
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static ScenarioRun of(Scenario scenario, RunSettings settings, @Nullable String test) {
        Scenario plan = SettingsApplication.apply(settings, scenario);
        var cluster = LiveCluster.of(plan, settings, Deployers.load().find(plan.backend()));
        return owning(cluster, settings, test, Reporters.found());
    }

    /**
     * Prepares a run on a cluster of its own, as {@link #of(Scenario, RunSettings, String)} does, for a test that the
     * replay of the run can select.
     *
     * @throws IllegalArgumentException if the settings ask to replay a run that was recorded on something else
     */
    public static ScenarioRun ofTest(Scenario scenario, RunSettings settings, TestSelection test) {
        Scenario plan = SettingsApplication.apply(settings, scenario);
        var cluster = LiveCluster.of(plan, settings, Deployers.load().find(plan.backend()));
        return new ScenarioRun(info(cluster, cluster.plan(), settings, test), cluster, true, Reporters.found());
    }

    private static RunInfo info(LiveCluster cluster, Scenario plan, RunSettings settings, TestSelection test) {
        var origin = new RunOrigin(test, cluster.declaredSystem());
        return RunInfo.of(plan, settings, cluster.seed(), cluster.time(), origin);
    }

    /** Prepares a run that owns its cluster, with reporters of one's own. */
    static ScenarioRun owning(
            LiveCluster cluster, RunSettings settings, @Nullable String test, List<RunReporter> reporters) {
        var info = new RunInfo(cluster.plan(), settings, cluster.seed(), cluster.time(), test);
        return new ScenarioRun(info, cluster, true, reporters);
    }

    /**
     * Prepares a run on a cluster that outlives it, for a test that the replay of the run can select; nothing is
     * started yet.
     *
     * @param cluster the cluster; not closed by the run
     * @param scenario the plan; its topology, backend and time are those of the cluster
     * @param test the test that runs it
     * @return the run; owned by the caller, who must close it before the next run on that cluster starts
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static ScenarioRun ofTestOn(
            LiveCluster cluster, Scenario scenario, RunSettings settings, TestSelection test) {
        Scenario plan = fitting(cluster, scenario, settings);
        return new ScenarioRun(info(cluster, plan, settings, test), cluster, false, Reporters.found());
    }

    /** Prepares such a run with reporters of one's own, outside of a test of the extension. */
    static ScenarioRun on(
            LiveCluster cluster,
            Scenario scenario,
            RunSettings settings,
            @Nullable String test,
            List<RunReporter> reporters) {
        Scenario plan = fitting(cluster, scenario, settings);
        var info = new RunInfo(plan, settings, cluster.seed(), cluster.time(), test);
        return new ScenarioRun(info, cluster, false, reporters);
    }

    private static Scenario fitting(LiveCluster cluster, Scenario scenario, RunSettings settings) {
        Scenario plan = SettingsApplication.apply(settings, scenario);
        Scenario deployed = cluster.plan();
        if (!plan.topology().equals(deployed.topology()) || !plan.backend().equals(deployed.backend())) {
            throw new IllegalArgumentException(
                    "scenario '" + plan.name() + "' needs " + plan.topology() + " on backend '"
                            + plan.backend() + "', but the cluster is " + deployed.topology() + " on backend '"
                            + deployed.backend() + "'. Use a cluster of its own");
        }
        return plan;
    }

    /** {@return what runs: the plan with the settings applied, settings, seed} */
    public RunInfo info() {
        return info;
    }

    /**
     * Deploys the cluster, if it is not deployed yet; blocks until every node is ready.
     *
     * @throws DeploymentException if it cannot be deployed; every call throws it
     */
    public RunContext deploy() {
        return deploy.get().context();
    }

    /**
     * Returns the context of the run; deploys if needed.
     *
     * @return what {@link #deploy()} returned
     * @throws DeploymentException if it cannot be deployed
     */
    public RunContext context() {
        return deploy();
    }

    /** Says whether the deploy was tried and failed. */
    public boolean isDeployFailed() {
        return deploy.isFailed();
    }

    /**
     * Takes the baselines and begins to drive; deploys if needed.
     *
     * @throws AssertionError if a baseline refused the cluster: the run is over, its result says why
     * @throws DeploymentException if the cluster cannot be deployed or a baseline cannot be taken
     */
    public void start() {
        start.get();
    }

    /**
     * Runs the test body on the calling thread as part of the run; starts if needed. A failure of the body ends the run
     * window. When something else ends the window early, the body is interrupted, and an {@link InterruptedException}
     * that it then throws is swallowed: what ended the window is the result.
     *
     * @throws Throwable what the body threw
     */
    public void body(ThrowingBody body) throws Throwable {
        start.get();
        phases.body(body);
    }

    /**
     * Notes a failure of the test that the body did not tell of: the body was never called, or a time-out gave it up.
     * It ends the run window and counts as a failure of the body, unless there is one already. A run that has not
     * started never will: its expectations are not evaluated.
     *
     * @param failure what the test failed with
     */
    public void fail(Throwable failure) {
        if (start.isBegun()) {
            phases.fail(failure);
        } else {
            phases.giveUp(failure);
        }
    }

    /**
     * Notes a failure that belongs to the run and neither ends its window nor is the body's: of a tear-down, of another
     * extension, of one of several tests. It counts in the verdict as a failure of the body does, also after the
     * evaluation and the {@link #tearDown()}, until {@link #close()}.
     *
     * @param what what failed, for the journal, for example {@code "the test failed outside of its body"}
     * @param failure what it failed with; an aborted test makes the verdict INCONCLUSIVE at best
     */
    public void addFailure(String what, Throwable failure) {
        if (!close.isBegun()) {
            phases.addFailure(what, failure);
        }
    }

    /**
     * Notes that nobody will {@link #finish()} the run, because only a part of its tests was selected: its expectations
     * are not evaluated, and that is nobody's fault. Does nothing if it was finished.
     *
     * @param why for reports, for example {@code "the method that judges it was not selected"}
     */
    public void leaveUnjudged(String why) {
        if (!finish.isBegun()) {
            phases.leaveUnjudged(why);
        }
    }

    /**
     * Runs something on the calling thread that may wait on the clock of the run, beside its phases: set-up before the
     * start, or what follows the evaluation. Deploys if needed; a failure does not change the run.
     *
     * @throws Throwable what the action threw
     */
    public void attend(ThrowingBody action) throws Throwable {
        deploy.get();
        phases.attend(action);
    }

    /**
     * Runs something on the calling thread while the run is open, within its deadline: a call that goes on long after
     * it ends the JVM. Deploys nothing, and does not enter the clock; a failure does not change the run.
     *
     * @param action what to run
     * @throws Throwable what the action threw
     */
    public void track(ThrowingBody action) throws Throwable {
        phases.track(action);
    }

    /**
     * Waits for the rest of the run window, cool down, and evaluates every expectation. Does not throw because of what
     * it finds; after a failed deploy or a refused baseline it returns the result that says so. Starts if needed.
     *
     * @return how the run ended
     */
    public RunResult finish() {
        return finish.get();
    }

    /**
     * Returns the result as it is now, if there is one.
     *
     * @return empty before {@link #finish()} has ended; what fails until {@link #close()} may change it
     */
    public Optional<RunResult> result() {
        if (close.isDone()) {
            return Optional.of(close.get());
        }
        return finish.isDone() ? Optional.of(phases.result()) : Optional.empty();
    }

    /** {@return the events of the journal so far, in order; none before the deploy} */
    public List<JournalEvent> events() {
        return phases.events();
    }

    RunResult runToEnd(ScenarioRunner.Body body) {
        try {
            body(() -> body.run(context()));
        } catch (Throwable t) {
            LoggerFactory.getLogger(ScenarioRun.class)
                    .debug(
                            "the run of scenario '{}' ends early",
                            info.scenario().name(),
                            t); // the result has it
        }
        finish();
        return close.get();
    }

    private boolean startOnce() {
        deploy.get().start();
        return true;
    }

    private RunResult finishOnce() {
        if (!start.isBegun() && phases.isGivenUp()) {
            return phases.report();
        }
        try {
            start.get();
        } catch (RuntimeException | AssertionError e) {
            return phases.report(); // a failed deploy or a refused baseline: the result says so
        }
        return deploy.get().finish();
    }

    private boolean tearDownOnce() {
        boolean interrupted = Thread.interrupted(); // a time-out of the test must not hinder the cleanup
        try {
            boolean finished = finish.isDone();
            if (!finished) {
                phases.abandon();
            }
            phases.cleanUp(owned, finished);
            return true;
        } finally {
            phases.endLimits();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean settleOnce() {
        tearDown.get();
        phases.write(owned);
        return true;
    }

    private RunResult closeOnce() {
        settle.get();
        return phases.conclude(owned);
    }

    /**
     * Notes that the JVM or its tests end before the run does, and writes journal and report as they are now; waits for
     * nothing, so that the evidence is complete whatever becomes of the cleanup. The verdict is INFRASTRUCTURE. Does
     * nothing if the run was finished, is being closed, or has not begun. Call {@link #close()} next, and
     * {@link #abort()} if that takes too long.
     *
     * @param reason what cut it off
     */
    public void cutOff(String reason) {
        if (!finish.isDone() && !tearDown.isBegun()) {
            phases.cutOff(reason);
        }
    }

    /** Ends journal and report of a run whose cleanup does not end; waits for nothing and stops nothing. */
    public void abort() {
        if (!close.isDone()) {
            phases.abort();
        }
    }

    /**
     * Cleans up: stops load, heals, stops nodes, looks for leaks; in any state of the run. The verdict stays open until
     * {@link #close()}: what fails meanwhile may still change it. Idempotent.
     *
     * @throws DeploymentException if something could not be cleaned up and the run itself did not fail; else that is
     *     suppressed in the failure of the run
     */
    public void tearDown() {
        throwing(tearDown);
    }

    /**
     * Cleans up, if that was not done, and writes what is kept, so that nothing is left that could fail but the end
     * itself. The verdict stays open until {@link #close()}, for those who hear of failures when nobody hears theirs.
     * Idempotent.
     *
     * @throws DeploymentException if something could not be cleaned up or written and the run itself did not fail; else
     *     that is suppressed in the failure of the run
     */
    public void settle() {
        throwing(settle);
    }

    /**
     * Cleans up, if that was not done, and ends the run: its verdict is final, journal and report are closed, evidence
     * is kept or dropped, and a cluster that outlives the run may be used again if the run passed. Idempotent.
     *
     * @throws DeploymentException if something could not be cleaned up or written and the run itself did not fail; else
     *     that is suppressed in the failure of the run
     */
    @Override
    public void close() {
        throwing(close);
    }

    private void throwing(OneTimeAction<?> step) {
        boolean first = !step.isBegun();
        boolean sound =
                result().map(result -> result.infrastructureFailure() == null).orElse(false);
        step.get();
        var failure = phases.result().infrastructureFailure();
        if (first && sound && failure != null) {
            throw Rethrow.unchecked(failure);
        }
    }
}
