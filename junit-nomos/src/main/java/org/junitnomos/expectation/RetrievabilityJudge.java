package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Puts every irreversible blob together and compares it with what was submitted. */
final class RetrievabilityJudge {
    private final RunContext run;
    private final ShareHunt hunt;
    private final BlobRetrieval retrieval;

    RetrievabilityJudge(RunContext run, Retrievability settings) {
        this.run = run;
        this.retrieval = new BlobRetrieval(run, settings.name(), settings.choices());
        this.hunt = retrieval.hunt();
    }

    void judge() {
        var facts = new RunFacts(run);
        var ledger = facts.blobs();
        var blobs = BlobRuns.finalBlobs(ledger);
        if (blobs.isEmpty()) {
            throw new InconclusiveException(BlobRuns.noneFinal(facts, ledger));
        }
        if (hunt.isEmpty() && facts.deaths().texts().isEmpty()) {
            throw new InconclusiveException(
                    "no node runs, so none could give the " + blobs.size() + " irreversible blobs of this run");
        }
        var problems = deadHolders(facts.deaths(), blobs);
        int gone = problems.size();
        problems.addAll(lost(blobs));
        if (!problems.isEmpty()) {
            int lost = problems.size() - gone;
            throw new AssertionFailedError("expected the bytes of every irreversible blob"
                    + (lost == 0
                            ? ", and all " + blobs.size() + " can be had,"
                            : " but " + lost + " of " + blobs.size() + " cannot be had")
                    + (gone == 0
                            ? ""
                            : (lost == 0 ? " but " : ", and ") + gone
                                    + " of the nodes that should hold them ended by "
                                    + (gone == 1 ? "itself" : "themselves"))
                    + ":\n" + Listing.of(problems));
        }
        BlobRuns.requireMostFinal(facts, ledger);
    }

    /** Nodes that ended by themselves and should hold a share. */
    private List<String> deadHolders(Deaths deaths, List<BlobLedger.Fate> blobs) {
        var columns = new TreeMap<String, Integer>();
        for (var fate : blobs) {
            for (int column = 0; column < hunt.subnets(fate.session()); column++) {
                hunt.membersOf(fate.session(), column).stream()
                        .filter(deaths::isDead)
                        .forEach(member -> columns.merge(member, 1, Integer::sum));
            }
        }
        var problems = new ArrayList<String>();
        columns.forEach((node, count) ->
                problems.add("  " + deaths.find(node).orElse(node) + "; it should hold " + count + " columns"));
        return problems;
    }

    private List<String> lost(List<BlobLedger.Fate> blobs) {
        var lost = new ArrayList<String>();
        for (var fate : blobs) {
            var found = hunt.find(Objects.requireNonNull(fate.blob()));
            String problem = retrieval.problemOf(fate, found);
            String columns =
                    found.shares().keySet().stream().map(String::valueOf).collect(Collectors.joining(" "));
            run.journal()
                    .append(new JournalEvent.BlobRetrieved(run.clock().now().toNanos(), fate.blob(), columns, problem));
            if (problem != null) {
                lost.add("  blob " + fate.label() + " (" + fate.size() + " bytes, given to " + fate.node() + "): "
                        + problem);
            }
        }
        return lost;
    }
}
