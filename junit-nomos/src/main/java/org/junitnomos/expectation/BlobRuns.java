package org.junitnomos.expectation;

import java.util.List;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;

/** What the expectations of data availability have in common. */
final class BlobRuns {
    private BlobRuns() {}

    static void requireWorkload(Scenario scenario, Problems problems, String expectation) {
        if (scenario.workloads().isEmpty()) {
            problems.add(
                    expectation,
                    "used without a workload",
                    "a workload that publishes blobs",
                    "Add @DataAvailability or another workload");
        }
    }

    /** The blobs whose announcement is irreversible. */
    static List<BlobLedger.Fate> finalBlobs(BlobLedger ledger) {
        return ledger.fates().stream()
                .filter(fate -> fate.blob() != null && fate.finalAt() != BlobLedger.NEVER)
                .toList();
    }
}
