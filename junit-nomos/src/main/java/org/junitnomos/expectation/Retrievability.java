package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that the bytes of every irreversible blob can be had: put together from shares that the running nodes give,
 * and the same that were submitted.
 *
 * <p>Every share is verified against the commitments, and those against the id of the blob. The bytes are put together
 * not once but from several choices of half of the columns: all choices if there are at most {@code choices}, else each
 * run of neighbors and others drawn from the seed. What was found is on record as {@code BlobRetrieved}. A node that
 * should hold a share and ended by itself is a problem by name, also if the bytes can be had without it.
 *
 * @param choices choices of columns tried for each blob, 1 to 1000
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Retrievability(int choices) implements Expectation {
    /** Choices by default. */
    public static final int DEFAULT_CHOICES = 8;

    /** Tries {@value #DEFAULT_CHOICES} choices of columns for each blob. */
    public Retrievability() {
        this(DEFAULT_CHOICES);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (choices < 1 || choices > 1000) {
            problems.add("choices", choices, "1 to 1000 choices of columns", "Change it");
        }
        BlobRuns.requireWorkload(scenario, problems);
    }

    @Override
    public void evaluate(RunContext run) {
        new RetrievabilityJudge(run, this).judge();
    }
}
