package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that every subnet has its share of every blob that is on the chain: of each column, some member of its subnet
 * gives a share that verifies.
 *
 * <p>A column none of whose members runs at the end is not judged; if that are more than are judged, the verdict is
 * INCONCLUSIVE. A member that ended by itself is a problem by name.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Dispersal() implements Expectation {
    @Override
    public void validate(Scenario scenario, Problems problems) {
        BlobRuns.requireWorkload(scenario, problems);
    }

    @Override
    public void evaluate(RunContext run) {
        new DispersalJudge(run).judge();
    }
}
