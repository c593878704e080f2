package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Asks the members of every subnet for the shares of every blob that is on the chain. */
final class DispersalJudge {
    private final RunFacts facts;
    private final Deaths deaths;
    private final ShareHunt hunt;
    private final ShareHolders members;
    private final BlobLedger ledger;
    private final List<String> missing = new ArrayList<>();
    private final Map<String, Integer> lost = new TreeMap<>();
    private int judged;
    private int unjudged;
    private int withoutMembers;

    DispersalJudge(RunContext run) {
        this.facts = new RunFacts(run);
        this.deaths = facts.deaths();
        this.hunt = new ShareHunt(run);
        this.members = new ShareHolders(facts);
        this.ledger = facts.blobs();
    }

    void judge() {
        var blobs = ledger.fates().stream()
                .filter(fate -> fate.blob() != null && fate.block() != null)
                .toList();
        blobs.forEach(this::judge);
        ledger.fates().stream()
                .filter(fate -> fate.block() == null && fate.orphanings() == 0)
                .forEach(this::judgeClaim);
        var problems = new ArrayList<String>();
        lost.forEach((node, columns) ->
                problems.add("  " + deaths.find(node).orElse(node) + "; it should hold " + columns + " columns"));
        // Where most nodes lack shares the blobs are the news, not the nodes.
        var bad = members.problems();
        boolean few = missing.isEmpty() || bad.size() * 2 < hunt.size();
        problems.addAll(few ? bad : List.of());
        problems.addAll(missing);
        if (!problems.isEmpty()) {
            throw new AssertionFailedError("expected a share on every subnet"
                    + (missing.isEmpty()
                            ? ", and none of " + judged + " is missing,"
                            : " but " + missing.size() + " of " + judged + " are missing")
                    + ended() + (lost.isEmpty() && missing.isEmpty() ? " but not every node holds its own" : "") + ":\n"
                    + Listing.of(problems) + counts());
        }
        if (blobs.isEmpty()) {
            throw new InconclusiveException(BlobRuns.noneOnTheChain(facts, ledger));
        }
        if (withoutMembers * 2 > blobs.size()) {
            throw new InconclusiveException("no node tells who should hold the columns of " + withoutMembers
                    + " of the " + blobs.size() + " blobs on the chain: " + hunt.asked());
        }
        if (unjudged > judged) {
            throw new InconclusiveException("most columns could not be judged: none of the members of " + unjudged
                    + " of " + (judged + unjudged) + " columns of " + blobs.size() + " blobs runs; " + hunt.asked());
        }
    }

    private String ended() {
        return lost.isEmpty()
                ? ""
                : (missing.isEmpty() ? " but " : ", and ") + lost.size()
                        + " of the nodes that should hold them ended by themselves";
    }

    private void judgeClaim(BlobLedger.Fate fate) {
        var blob = fate.blob();
        if (blob != null && !hunt.isEmpty()) {
            members.claims(fate, hunt.find(blob));
        }
    }

    private void judge(BlobLedger.Fate fate) {
        var found = hunt.find(Objects.requireNonNull(fate.blob()));
        int subnets = hunt.subnets(fate.session());
        withoutMembers += subnets == 0 ? 1 : 0;
        members.gave(fate, found);
        for (int column = 0; column < subnets; column++) {
            var owners = hunt.membersOf(fate.session(), column);
            owners.stream().filter(deaths::isDead).forEach(member -> lost.merge(member, 1, Integer::sum));
            if (owners.stream().noneMatch(hunt::asks)) {
                unjudged++;
                continue;
            }
            judged++;
            var holders = found.holders().getOrDefault(column, List.of());
            for (var owner : owners) {
                if (hunt.asks(owner)) {
                    members.owes(owner, fate, column, found);
                }
            }
            if (holders.stream().noneMatch(owners::contains)) {
                missing.add("  blob " + fate.label() + ": column " + column + " is on none of "
                        + String.join(", ", owners)
                        + (found.wrong().isEmpty() ? "" : "; " + String.join("; ", found.wrong())));
            }
        }
    }

    private String counts() {
        return unjudged == 0 ? "" : "\n(" + unjudged + " columns were not judged, because none of their members runs)";
    }
}
