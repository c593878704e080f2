package org.junitnomos.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.journal.JournalEvent;

/**
 * Says what must hold in a run. Like a generator it is a value without state of a run.
 *
 * <p>Wherever possible {@link #evaluate} is a pure function of the journal.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Expectation {
    /**
     * Returns the name that stands in test nodes, reports and failures.
     *
     * @return lower-case words, for example {@code "consensus liveness"}
     */
    default String name() {
        return Words.of(getClass(), "Expectation");
    }

    /**
     * Checks the settings against the plan they are part of.
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
     * Tells why the system under test cannot decide this expectation. Asked of those that a group or a workload
     * brought, just before their baselines are taken; one that cannot be decided is left out, with this reason.
     *
     * @param run the run
     * @return the reason, one clause; empty if it can be decided
     */
    default Optional<String> undecidable(RunContext run) {
        return Optional.empty();
    }

    /**
     * Records the baseline, just before the run is driven.
     *
     * @param run the run
     * @return what was recorded, for the journal; keys and values in a fixed order
     * @throws AssertionError if the cluster is too sick to begin
     * @throws Exception if the baseline cannot be taken
     */
    default Map<String, String> capture(RunContext run) throws Exception {
        return new LinkedHashMap<>();
    }

    /**
     * Watches the run as it happens; a fresh watcher for each run.
     *
     * @param run the run
     * @return hears every event from the capture on; an {@link AssertionError} it throws ends the run early and is
     *     this expectation's result
     */
    default Watcher watch(RunContext run) {
        return event -> {};
    }

    /**
     * Judges the run after the cooldown.
     *
     * @param run the run
     * @throws AssertionError if it does not hold; the text names node, expected, observed, unit and how long
     * @throws InconclusiveException if it cannot be judged
     * @throws Exception if judging fails
     */
    void evaluate(RunContext run) throws Exception;

    /**
     * Makes an expectation from a name and a check.
     *
     * @param name lower-case words
     * @param check throws {@link AssertionError} if it does not hold
     * @return the expectation
     */
    static Expectation that(String name, Check check) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(check, "check");
        return new LambdaExpectation(name, check);
    }

    /** Judges a run. */
    @FunctionalInterface
    interface Check {
        /**
         * Judges the run.
         *
         * @param run the run
         * @throws Exception or {@link AssertionError} if it does not hold
         */
        void evaluate(RunContext run) throws Exception;
    }

    /** Hears the events of a run as they happen. */
    @FunctionalInterface
    interface Watcher {
        /**
         * Hears an event; must return quickly and must not block.
         *
         * @param event what happened
         * @throws AssertionError if the expectation is violated for good
         */
        void on(JournalEvent event);
    }
}
