package org.junitnomos.scenario;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;

/**
 * Generates traffic or behavior while a run is driven.
 *
 * <p>A generator is a value: equal settings are equal objects (write a record), and it holds no state of a run. An
 * annotation configures a record by the names of its components; one named by {@code @Workload(X.class)} alone has a
 * constructor without parameters.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface WorkloadGenerator {
    /**
     * Returns the name that stands in reports and failures.
     *
     * @return lower-case words; the class name in words by default
     */
    default String name() {
        return Words.of(getClass(), "Workload", "Fault");
    }

    /**
     * Checks the settings against the plan they are part of; every problem is reported before anything starts.
     *
     * @param scenario the plan
     * @param problems takes what is wrong, by the names of components
     */
    default void validate(Scenario scenario, Problems problems) {}

    /**
     * Returns what the backend must be able to do; a plan whose backend cannot is refused before anything starts.
     *
     * @return the capabilities in a fixed order; none by default
     */
    default List<Capability> requires() {
        return List.of();
    }

    /**
     * Returns how many transactions this generator plans to submit.
     *
     * @param scenario the plan
     * @return number of transactions; 0 if it submits none or does not know
     */
    default long plannedTransactions(Scenario scenario) {
        return 0;
    }

    /**
     * Tells how this generator spends from the wallets of the genesis, for the forecast of blocks.
     *
     * @param scenario the plan; do not ask it for its forecast
     * @return how many wallets, and how often; none by default
     */
    default WalletUse walletUse(Scenario scenario) {
        return WalletUse.NONE;
    }

    /**
     * Tells what this generator does to a run, so that expectations know what they can decide.
     *
     * @return the effects in a fixed order; none by default
     */
    default List<Effect> effects() {
        return List.of();
    }

    /**
     * Returns what judges this load unless the plan names an expectation of the same class, or one of that name.
     *
     * @param scenario the plan
     * @return the expectations, with limits that follow the plan; none by default
     */
    default List<Expectation> expectations(Scenario scenario) {
        return List.of();
    }

    /**
     * Generates the load; runs on a managed thread of its own and may block on the run's clock.
     *
     * <p>Return when {@link RunContext#isDriving()} turns false; the runner interrupts generators that go on.
     *
     * @param run the run
     * @throws InterruptedException if the run window ended; this is no failure
     * @throws Exception if the load cannot be generated; fails the run and names this generator
     */
    void drive(RunContext run) throws Exception;
}
