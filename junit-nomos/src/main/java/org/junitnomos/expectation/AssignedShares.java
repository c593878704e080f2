package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.Sha256;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that every member of a subnet gives its own column of each irreversible blob, and that the nodes without the
 * executors can put it together: the bytes are those that were dispersed (node contract 4.2).
 *
 * <p>Judged are blobs that were dispersed while no fault was in force, nor in the two slots before and after; of these
 * no share may be missing, as a subnet passes on what one of its members got. {@link Dispersal} asks less: one share in
 * five may be missing. What the members outside of the executors should not hold half of cannot be put together without
 * them, and is not judged for that. Nothing is judged while a fault is in force at the end.
 *
 * <p>Inconclusive if there is no such blob, and on nodes that are no dev nodes: real ones do not pass on every share.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AssignedShares() implements Expectation {
    @Override
    public void validate(Scenario scenario, Problems problems) {
        BlobRuns.requireWorkload(scenario, problems);
    }

    @Override
    public Optional<String> undecidable(RunContext run) {
        return new RunFacts(run).testsDevNodes()
                ? Optional.empty()
                : Optional.of("a real node that has the transaction of a blob before its share passes the share on to"
                        + " nobody, so not every member of a subnet has its own");
    }

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        var faults = FaultSpans.of(facts.events);
        long afterwards = 2 * facts.slotsUntilNow().duration();
        var blobs = BlobRuns.finalBlobs(facts.blobs()).stream()
                .filter(fate -> fate.dispersedAt() != BlobLedger.NEVER
                        && faults.areCalm(fate.submittedAt() - afterwards, fate.dispersedAt() + afterwards))
                .toList();
        if (blobs.isEmpty() || !faults.areCalm(Long.MAX_VALUE, Long.MAX_VALUE)) {
            throw new InconclusiveException(
                    blobs.isEmpty()
                            ? "no irreversible blob was dispersed while no fault was in force"
                            : "a fault is in force at the end");
        }
        var hunt = new ShareHunt(run);
        var executors = run.scenario().topology().nodes().stream()
                .filter(node -> node.role() == NodeRole.EXECUTOR)
                .map(NodeSpec::name)
                .toList();
        var problems = new ArrayList<String>();
        for (var fate : blobs) {
            var found = hunt.find(Objects.requireNonNull(fate.blob()));
            missing(fate, found, hunt, problems);
            var problem = together(fate, found, executors);
            if (problem != null) {
                problems.add("  blob " + fate.label() + " without the executors: " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new AssertionFailedError("expected every member to give its own column of each of the " + blobs.size()
                    + " irreversible blobs, and these without the executors, but:\n" + Listing.of(problems));
        }
    }

    private static void missing(BlobLedger.Fate fate, ShareHunt.Found found, ShareHunt hunt, List<String> problems) {
        for (int column = 0; column < hunt.subnets(fate.session()); column++) {
            var holders = found.holders().getOrDefault(column, List.of());
            for (var member : hunt.membersOf(fate.session(), column)) {
                if (hunt.asks(member) && !holders.contains(member)) {
                    problems.add("  " + member + " does not give column " + column + " of blob " + fate.label()
                            + (holders.isEmpty() ? "" : ", which " + String.join(", ", holders) + " gives"));
                }
            }
        }
        found.liars().forEach((node, text) -> problems.add("  blob " + fate.label() + ": " + text));
    }

    /** What is wrong with the bytes that the other nodes give; null if nothing, or if they need not have enough. */
    private static @Nullable String together(BlobLedger.Fate fate, ShareHunt.Found found, List<String> executors) {
        var commitments = found.commitments();
        if (commitments == null || commitments.columns() == 0) {
            return null;
        }
        var shares = new TreeMap<Integer, BlobShare>();
        found.shares().forEach((column, share) -> {
            var holders = found.holders().getOrDefault(column, List.of());
            if (!executors.containsAll(holders)) {
                shares.put(column, share);
            }
        });
        int needed = commitments.columns() / 2;
        if (shares.size() < needed) {
            return null; // the members outside of the executors hold too little by assignment, or say so above
        }
        try {
            var bytes = BlobCoding.reconstruct(
                    commitments, shares.values().stream().limit(needed).toList(), Math.toIntExact(fate.size()));
            var content = Sha256.hex(bytes);
            return content.equals(fate.content())
                    ? null
                    : "bytes of SHA-256 " + content + ", expected " + fate.content() + ", which were dispersed";
        } catch (IllegalArgumentException e) {
            return "columns " + shares.keySet() + " do not give it back: " + e.getMessage();
        }
    }
}
