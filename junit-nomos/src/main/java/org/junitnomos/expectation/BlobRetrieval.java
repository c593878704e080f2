package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.Sha256;
import org.junitnomos.scenario.RunContext;

/** Puts blobs together from what nodes give, and compares them with what was submitted. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class BlobRetrieval {
    /** Draws of a choice that was there before, until it is enough. */
    private static final int VAIN_DRAWS = 20;

    private final int choices;
    private final ShareHunt hunt;
    private final Random random;

    /**
     * Asks the running nodes of a run.
     *
     * @param stream name of the chance by which columns are chosen
     * @param choices how many choices of columns are tried; 1 or more
     */
    public BlobRetrieval(RunContext run, String stream, int choices) {
        this.choices = choices;
        this.hunt = new ShareHunt(run);
        this.random = run.random(stream);
    }

    ShareHunt hunt() {
        return hunt;
    }

    /** Asks the nodes for a blob whose id is known; says why its bytes cannot be had, or nothing if they can. */
    public Optional<String> problemOf(BlobLedger.Fate fate) {
        return Optional.ofNullable(problemOf(fate, hunt.find(Objects.requireNonNull(fate.blob()))));
    }

    /** Says why the bytes of a blob cannot be had from what was found of it; null if they can. */
    @Nullable
    String problemOf(BlobLedger.Fate fate, ShareHunt.Found found) {
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
        for (var choice : choicesOf(found.shares().keySet(), needed)) {
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
    private Set<TreeSet<Integer>> choicesOf(Collection<Integer> columns, int needed) {
        var all = new ArrayList<>(columns);
        var chosen = new LinkedHashSet<TreeSet<Integer>>();
        for (int first = 0; first < all.size() && chosen.size() < choices; first++) {
            var choice = new TreeSet<Integer>();
            for (int i = 0; i < needed; i++) {
                choice.add(all.get((first + i) % all.size()));
            }
            chosen.add(choice);
        }
        for (int vain = 0; chosen.size() < choices && vain < VAIN_DRAWS; ) {
            var choice = new TreeSet<Integer>();
            while (choice.size() < needed) {
                choice.add(all.get(random.nextInt(all.size())));
            }
            vain = chosen.add(choice) ? 0 : vain + 1;
        }
        return chosen;
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
