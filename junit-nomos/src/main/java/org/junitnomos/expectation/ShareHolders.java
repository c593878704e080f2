package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;

/**
 * Tells which nodes do not hold the shares that they should hold, or give other ones, although the other members of
 * their subnets make up for it.
 *
 * <p>Only blobs that were dispersed while no fault was in force count, and nothing counts while one is in force at the
 * end. One share in five may be missing: one member is enough for a dispersal to succeed. Real nodes do not promise as
 * much: one that had the transaction of a blob before its share refuses the share as known, and passes it on to nobody.
 */
final class ShareHolders {
    private static final int FEWEST = 5;
    private static final int ONE_IN = 5;

    private final RunFacts facts;
    private final FaultSpans faults;
    private final boolean judges;
    private final Map<String, Member> members = new TreeMap<>();
    private final List<String> claims = new ArrayList<>();

    private static final class Member {
        private int owes;
        private int lacks;
        private int lies;
        private @Nullable String firstLack;
        private @Nullable String firstLie;
    }

    ShareHolders(RunFacts facts) {
        this.facts = facts;
        this.faults = FaultSpans.of(facts.events);
        this.judges = faults.areCalm(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** What nodes gave of a blob that is not what they should give. */
    void gave(BlobLedger.Fate fate, ShareHunt.Found found) {
        found.liars().forEach((node, text) -> {
            var member = members.computeIfAbsent(node, name -> new Member());
            member.lies++;
            member.firstLie = member.firstLie == null ? text + ", of blob " + fate.label() : member.firstLie;
        });
    }

    /** A node that is asked should hold a column, and does or not. */
    void owes(String node, BlobLedger.Fate fate, int column, ShareHunt.Found found) {
        if (!isCalm(fate) || !facts.testsDevNodes()) {
            return;
        }
        var member = members.computeIfAbsent(node, name -> new Member());
        member.owes++;
        if (!found.holders().getOrDefault(column, List.of()).contains(node)) {
            member.lacks++;
            if (member.firstLack == null) {
                String silence = found.wrong().stream()
                        .filter(text -> text.startsWith(node + " "))
                        .findFirst()
                        .map(text -> "; " + text)
                        .orElse("");
                member.firstLack = "column " + column + " of blob " + fate.label() + silence;
            }
        }
    }

    /** A blob that is not on the chain was said to be dispersed: then somebody holds something of it. */
    void claims(BlobLedger.Fate fate, ShareHunt.Found found) {
        if (isCalm(fate)
                && found.commitments() == null
                && found.shares().isEmpty()
                && found.wrong().isEmpty()) {
            claims.add("  " + fate.node() + " said that blob " + fate.label()
                    + " is dispersed, but no node holds anything of it, and it is not on the chain");
        }
    }

    private boolean isCalm(BlobLedger.Fate fate) {
        long afterwards = 2 * facts.slotsUntilNow().duration();
        return fate.dispersedAt() != BlobLedger.NEVER
                && faults.areCalm(fate.submittedAt() - afterwards, fate.dispersedAt() + afterwards);
    }

    /** One line a node that does not do what it should, after those of blobs that nobody holds. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        if (judges) {
            problems.addAll(claims);
            members.forEach((node, member) -> {
                if (member.lies > 0) {
                    problems.add("  " + node + " gives what is not right of " + member.lies
                            + (member.lies == 1 ? " blob: " : " blobs, first: ") + member.firstLie);
                } else if (member.owes >= FEWEST && member.lacks * ONE_IN > member.owes) {
                    problems.add("  " + node + " does not give " + member.lacks + " of the " + member.owes
                            + " shares that it should hold, first: " + member.firstLack);
                }
            });
        }
        return problems;
    }
}
