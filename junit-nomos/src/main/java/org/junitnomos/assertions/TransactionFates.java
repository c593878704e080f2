package org.junitnomos.assertions;

import java.util.Optional;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;

/** Says in words what became of a transaction, and what is wrong with that. */
final class TransactionFates {
    private TransactionFates() {}

    static boolean isAccepted(TransactionLedger.Fate fate) {
        return fate.acceptedAt() != TransactionLedger.NEVER;
    }

    static boolean isIncluded(TransactionLedger.Fate fate) {
        return fate.block() != null;
    }

    static boolean isFinal(TransactionLedger.Fate fate) {
        return fate.state() == TransactionLedger.State.FINAL;
    }

    /** Describes a fate, for {@code "but was …"}. */
    static String describe(TransactionLedger.Fate fate, long height) {
        var text = new StringBuilder("submitted to " + fate.node() + " by " + fate.workload() + " at "
                + DurationText.ofNanos(fate.submittedAt()) + " (height " + fate.submittedHeight() + ")");
        if (isAccepted(fate)) {
            text.append(", accepted at height ").append(fate.acceptedHeight());
        }
        if (fate.rejection() != null) {
            text.append(", refused ")
                    .append(CountText.of(fate.rejections(), "time"))
                    .append(", last with: ");
            text.append(fate.rejection());
        }
        if (fate.orphanings() > 0) {
            text.append(", orphaned ").append(CountText.of(fate.orphanings(), "time"));
        }
        if (isIncluded(fate)) {
            text.append(", in the block at height ").append(fate.includedHeight());
            text.append(isFinal(fate) ? ", which is irreversible" : ", which is not irreversible yet");
        } else {
            text.append(", in no block of the reference chain, which has height ")
                    .append(height);
        }
        return text.toString();
    }

    /** Says why it did not get into a block in time; empty if it did. */
    static Optional<String> late(TransactionLedger.Fate fate, int blocks, long height) {
        if (!isAccepted(fate)) {
            return Optional.of("accepted by no node: " + describe(fate, height));
        }
        if (isIncluded(fate)) {
            long needed = fate.includedHeight() - fate.acceptedHeight();
            return needed <= blocks
                    ? Optional.empty()
                    : Optional.of(CountText.of(needed, "block") + " later: " + describe(fate, height));
        }
        long waited = height - fate.acceptedHeight();
        return Optional.of((waited < blocks ? "not yet, after " + waited + " of " + blocks : "missing, after " + waited)
                + " blocks: " + describe(fate, height));
    }
}
