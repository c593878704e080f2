package org.junitnomos.scenario;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Stands for several expectations in a plan, and brings those that the plan can decide. It judges nothing itself.
 *
 * <p>One that the plan names takes the place of one of its class that a group or a workload brings, and one of a group
 * that of one of a workload.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ExpectationGroup extends Expectation {
    /**
     * Lists what the group may bring. What the plan cannot decide for other reasons than those named here is found out
     * by {@link Expectation#validate} and {@link Expectation#requires}.
     *
     * @param scenario the plan; its expectations are not settled yet
     * @return the expectations in the order in which they are judged, with limits that follow the plan
     */
    List<Candidate> candidates(Scenario scenario);

    /** Judges nothing: those that the group brought do. */
    @Override
    default void evaluate(RunContext run) {}

    /**
     * An expectation that a group may bring.
     *
     * @param expectation no group itself
     * @param missing why the plan cannot decide it, one clause; null if it can
     */
    record Candidate(Expectation expectation, @Nullable String missing) {
        public Candidate {
            Objects.requireNonNull(expectation, "expectation");
        }

        /** An expectation that the plan can decide. */
        public static Candidate of(Expectation expectation) {
            return new Candidate(expectation, null);
        }
    }
}
