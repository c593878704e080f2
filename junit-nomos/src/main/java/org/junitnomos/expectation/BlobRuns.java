package org.junitnomos.expectation;

import java.util.List;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;

/** What the expectations of data availability have in common. */
final class BlobRuns {
    private BlobRuns() {}

    static void requireWorkload(Scenario scenario, Problems problems) {
        if (scenario.workloads().isEmpty()) {
            problems.given(PlanTerm.BLOBS)
                    .add(
                            "used without a workload",
                            "a workload that publishes blobs",
                            "Add " + problems.name(PlanTerm.BLOBS) + " or another workload");
        }
    }

    /** Why there is no blob on the chain to be judged. */
    static String noneOnTheChain(RunFacts facts, BlobLedger ledger) {
        if (ledger.size() == 0) {
            var load = new LoadFacts(facts, LoadAccount.BLOBS);
            return "no blob of this run is on the chain: none was submitted"
                    + (load.isCut()
                            ? load.becauseOfTheCut()
                            : load.mainCause().map(cause -> ", " + cause).orElse(""));
        }
        return "no blob of this run is on the chain: " + ledger.size() + " were submitted, " + chain(facts);
    }

    /** Why no blob is irreversible. */
    static String noneFinal(RunFacts facts, BlobLedger ledger) {
        long there =
                ledger.fates().stream().filter(fate -> fate.block() != null).count();
        if (there == 0) {
            return "no blob of this run became irreversible: "
                    + noneOnTheChain(facts, ledger).replaceFirst("^no blob of this run is on the chain: ", "");
        }
        return "no blob of this run became irreversible: " + there + " are on the chain, " + chain(facts);
    }

    /** Refuses to pass when most of the blobs on the chain could not be judged, because they are not irreversible. */
    static void requireMostFinal(RunFacts facts, BlobLedger ledger) {
        long there =
                ledger.fates().stream().filter(fate -> fate.block() != null).count();
        int last = finalBlobs(ledger).size();
        if (last * 2L < there) {
            throw new InconclusiveException("most blobs could not be judged: only " + last + " of " + there
                    + " on the chain are irreversible; " + chain(facts));
        }
    }

    private static String chain(RunFacts facts) {
        if (facts.tree.size() == 0) {
            return "no block was seen";
        }
        long last = -1;
        for (var event : facts.events) {
            if (event instanceof JournalEvent.TipChanged tip) {
                last = Math.max(last, Math.max(tip.libHeight(), facts.tree.heightOf(tip.lib())));
            }
        }
        return "the chain has height " + facts.tree.height()
                + (last > 0
                        ? ", of which " + last + " blocks are irreversible"
                        : ", and no node tells of an irreversible block");
    }

    /** The blobs whose announcement is irreversible. */
    static List<BlobLedger.Fate> finalBlobs(BlobLedger ledger) {
        return ledger.fates().stream()
                .filter(fate -> fate.blob() != null && fate.finalAt() != BlobLedger.NEVER)
                .toList();
    }
}
