package org.junitnomos.assertions;

import java.util.Optional;
import org.junitnomos.expectation.BlobRetrieval;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;

/** Says in words what became of a blob, and what is wrong with that. */
final class BlobFates {
    /** Own chance, so that an assertion does not shift what an expectation draws. */
    private static final String CHANCE = "assertions about blobs";

    private static final int CHOICES = 3;

    private BlobFates() {}

    static boolean isDispersed(BlobLedger.Fate fate) {
        return fate.dispersedAt() != BlobLedger.NEVER;
    }

    static boolean isIncluded(BlobLedger.Fate fate) {
        return fate.block() != null;
    }

    static boolean isFinal(BlobLedger.Fate fate) {
        return fate.finalAt() != BlobLedger.NEVER;
    }

    /** Describes a fate, for {@code "but was …"}. */
    static String describe(BlobLedger.Fate fate, long height) {
        var text = new StringBuilder(fate.size() + " bytes submitted to " + fate.node() + " by " + fate.workload()
                + " at " + DurationText.ofNanos(fate.submittedAt()) + " (height " + fate.submittedHeight() + ")");
        if (isDispersed(fate)) {
            text.append(", dispersed at height ").append(fate.dispersedHeight());
        }
        if (fate.refusal() != null) {
            text.append(", refused ")
                    .append(CountText.of(fate.refusals(), "time"))
                    .append(", last with: ");
            text.append(fate.refusal());
        }
        if (fate.orphanings() > 0) {
            text.append(", orphaned ").append(CountText.of(fate.orphanings(), "time"));
        }
        if (isIncluded(fate)) {
            text.append(", announced in the block at height ").append(fate.includedHeight());
            text.append(isFinal(fate) ? ", which is irreversible" : ", which is not irreversible yet");
        } else {
            text.append(", announced in no block of the reference chain, which has height ");
            text.append(height);
        }
        return text.toString();
    }

    /** Says why it was not announced in time; empty if it was. */
    static Optional<String> late(BlobLedger.Fate fate, int blocks, long height) {
        if (!isDispersed(fate)) {
            return Optional.of("not dispersed: " + describe(fate, height));
        }
        if (isIncluded(fate)) {
            long needed = fate.includedHeight() - fate.dispersedHeight();
            return needed <= blocks
                    ? Optional.empty()
                    : Optional.of(CountText.of(needed, "block") + " later: " + describe(fate, height));
        }
        long waited = height - fate.dispersedHeight();
        return Optional.of((waited < blocks ? "not yet, after " + waited + " of " + blocks : "missing, after " + waited)
                + " blocks: " + describe(fate, height));
    }

    /** Asks the running nodes for the bytes; says why they cannot be had, or nothing if they can. */
    static Optional<String> lost(RunContext run, BlobLedger.Fate fate) {
        return fate.blob() == null
                ? Optional.of("without an id: " + describe(fate, run.feed().height()))
                : new BlobRetrieval(run, CHANCE, CHOICES).problemOf(fate);
    }
}
