package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.Sha256;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Puts every irreversible blob together and compares it with what was submitted. */
final class RetrievabilityJudge {
    /** Draws of a choice that was there before, until it is enough. */
    private static final int VAIN_DRAWS = 20;

    private final RunContext run;
    private final Retrievability settings;
    private final ShareHunt hunt;
    private final Random random;

    RetrievabilityJudge(RunContext run, Retrievability settings) {
        this.run = run;
        this.settings = settings;
        this.hunt = new ShareHunt(run);
        this.random = run.random(settings.name());
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
                                    + " of the nodes that should hold them ended by themselves")
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
            String problem = problemOf(fate, found);
            String columns =
                    found.shares().keySet().stream().map(String::valueOf).collect(Collectors.joining(" "));
            run.journal()
                    .append(new JournalEvent.BlobRetrieved(run.clock().now().toNanos(), fate.blob(), columns, problem));
            if (problem != null) {
                lost.add("  blob " + fate.label() + " (" + fate.size() + " bytes): " + problem);
            }
        }
        return lost;
    }

    private @Nullable String problemOf(BlobLedger.Fate fate, ShareHunt.Found found) {
        var commitments = found.commitments();
        if (commitments == null) {
            return "no node has its commitments" + missing(fate, found, hunt.subnets(fate.session())) + others(found);
        }
        int columns = commitments.columns();
        if (columns == 0) {
            return problemOfTwoColumns(fate, found);
        }
        int needed = columns / 2;
        if (found.shares().size() < needed) {
            return found.shares().size() + " of " + columns + " columns are there, " + needed + " are needed"
                    + missing(fate, found, columns) + others(found);
        }
        for (var choice : choices(found.shares().keySet(), needed)) {
            String problem = tryChoice(fate, found, commitments, choice);
            if (problem != null) {
                return problem + others(found);
            }
        }
        return null;
    }

    /** Real nodes have two columns here, of which the first one is the data. */
    private @Nullable String problemOfTwoColumns(BlobLedger.Fate fate, ShareHunt.Found found) {
        var first = found.shares().get(0);
        if (first == null) {
            return "column 0, which is the data (node contract 4.2), is on no node"
                    + missing(fate, found, hunt.subnets(fate.session())) + others(found);
        }
        try {
            String problem =
                    compare("column 0 gives", BlobCoding.dataOfTwoColumns(first, Math.toIntExact(fate.size())), fate);
            return problem == null ? null : problem + others(found);
        } catch (IllegalArgumentException e) {
            return e.getMessage() + others(found);
        }
    }

    private static @Nullable String compare(String what, byte[] bytes, BlobLedger.Fate fate) {
        String content = Sha256.hex(bytes);
        return content.equals(fate.content())
                ? null
                : what + " back other bytes, of SHA-256 " + content + ", than were submitted, of " + fate.content();
    }

    private static @Nullable String tryChoice(
            BlobLedger.Fate fate, ShareHunt.Found found, BlobCommitments commitments, Collection<Integer> choice) {
        var shares = choice.stream().map(found.shares()::get).toList();
        byte[] bytes;
        try {
            bytes = BlobCoding.reconstruct(commitments, shares, Math.toIntExact(fate.size()));
        } catch (IllegalArgumentException e) {
            return "columns " + choice + " do not give it back: " + e.getMessage();
        }
        return compare("columns " + choice + " give", bytes, fate);
    }

    /** Runs of neighbors first, the last one around the end, then others by chance, each once. */
    private Set<TreeSet<Integer>> choices(Collection<Integer> columns, int needed) {
        var all = new ArrayList<>(columns);
        var choices = new LinkedHashSet<TreeSet<Integer>>();
        for (int first = 0; first < all.size() && choices.size() < settings.choices(); first++) {
            var choice = new TreeSet<Integer>();
            for (int i = 0; i < needed; i++) {
                choice.add(all.get((first + i) % all.size()));
            }
            choices.add(choice);
        }
        for (int vain = 0; choices.size() < settings.choices() && vain < VAIN_DRAWS; ) {
            var choice = new TreeSet<Integer>();
            while (choice.size() < needed) {
                choice.add(all.get(random.nextInt(all.size())));
            }
            vain = choices.add(choice) ? 0 : vain + 1;
        }
        return choices;
    }

    private String missing(BlobLedger.Fate fate, ShareHunt.Found found, int columns) {
        List<String> missing = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            if (!found.shares().containsKey(column)) {
                var members = hunt.membersOf(fate.session(), column);
                missing.add(column + " (should be on " + String.join(", ", members) + ")");
            }
        }
        return missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing);
    }

    private static String others(ShareHunt.Found found) {
        return found.wrong().isEmpty() ? "" : "; " + String.join("; ", found.wrong());
    }
}
