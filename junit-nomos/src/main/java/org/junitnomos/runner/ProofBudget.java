package org.junitnomos.runner;

import java.time.Duration;
import java.util.Optional;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;

/** Compares the load of a plan with the proofs that a machine can make meanwhile. */
final class ProofBudget {
    private ProofBudget() {}

    /**
     * Says what cannot be proven in time.
     *
     * @param cost time of a processor for one proof
     * @param processors number of processors
     * @return a text for users; empty if there is time enough
     */
    static Optional<String> shortage(Scenario scenario, Duration cost, int processors) {
        long planned = scenario.plannedTransactions();
        long possible = scenario.runWindow().multipliedBy(processors).dividedBy(cost);
        if (planned <= possible) {
            return Optional.empty();
        }
        return Optional.of("the plan has about " + planned + " transactions in "
                + DurationText.format(scenario.runWindow()) + ", but this machine can prove at most " + possible
                + " in that time (" + DurationText.format(cost) + " of one of its " + processors
                + " processors for each), and fewer while nodes work on it as well. The rest will be missing from the"
                + " load: lower the rate, let slots last longer, or run it on a larger machine.");
    }
}
