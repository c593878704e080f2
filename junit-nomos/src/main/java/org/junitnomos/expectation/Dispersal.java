package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

/**
 * Expect that every subnet has its share of every blob that is on the chain: of each column, some member of its subnet
 * gives a share that verifies. A column none of whose members runs at the end is not judged.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Dispersal() implements Expectation {
    @Override
    public void validate(Scenario scenario, Problems problems) {
        BlobRuns.requireWorkload(scenario, problems, "@ExpectDispersal");
    }

    @Override
    public void evaluate(RunContext run) {
        var hunt = new ShareHunt(run);
        var missing = new ArrayList<String>();
        int judged = 0;
        for (var fate : BlobLedger.of(run.journal().events()).fates()) {
            if (fate.blob() == null || fate.block() == null) {
                continue;
            }
            var found = hunt.find(Objects.requireNonNull(fate.blob()));
            for (int column = 0; column < hunt.subnets(fate.session()); column++) {
                var members = hunt.membersOf(fate.session(), column);
                var holders = found.holders().get(column);
                if (members.stream().noneMatch(hunt::asks)) {
                    continue;
                }
                judged++;
                if (holders == null || holders.stream().noneMatch(members::contains)) {
                    missing.add("  blob " + fate.label() + ": column " + column + " is on none of "
                            + String.join(", ", members)
                            + (found.wrong().isEmpty() ? "" : "; " + String.join("; ", found.wrong())));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new AssertionFailedError("expected a share on every subnet but " + missing.size() + " of " + judged
                    + " are missing:\n"
                    + Listing.of(missing));
        }
        if (judged == 0) {
            throw new InconclusiveException("no blob of this run is on the chain, or no member of a subnet runs");
        }
    }
}
