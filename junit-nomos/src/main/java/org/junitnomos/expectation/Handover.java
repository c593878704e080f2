package org.junitnomos.expectation;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;

/**
 * A step of something that a workload hands to a node, told the same way for transactions and for blobs.
 *
 * @param id what is submitted, for texts
 * @param node to whom; empty if the step does not tell
 * @param workload who submits it; empty but for {@link Act#ASKED}
 * @param status status of a refusal, 0 if there was no answer
 * @param text text of a refusal
 */
record Handover(Act act, long at, String id, String node, String workload, int status, String text) {
    /** What happened. */
    enum Act {
        ASKED,
        TOOK,
        REFUSED
    }

    /** The step of a transaction, if an event is one. */
    static Optional<Handover> ofTransaction(JournalEvent event) {
        return Optional.ofNullable(transaction(event));
    }

    /** The step of one of some transactions, if an event is one. */
    static Optional<Handover> ofTransaction(JournalEvent event, Predicate<String> wanted) {
        return ofTransaction(event).filter(step -> wanted.test(step.id));
    }

    private static @Nullable Handover transaction(JournalEvent event) {
        if (event instanceof JournalEvent.TransactionSubmitted each) {
            return asked(each.at(), each.transaction().toHex(), each.node(), each.workload());
        } else if (event instanceof JournalEvent.TransactionAccepted each) {
            return took(each.at(), each.transaction().toHex(), each.node());
        } else if (event instanceof JournalEvent.TransactionIncluded each) {
            return took(each.at(), each.transaction().toHex(), "");
        } else if (event instanceof JournalEvent.TransactionRejected each) {
            return refused(each.at(), each.transaction().toHex(), each.node(), each.status(), each.reason());
        }
        return null;
    }

    /** What stands in the place of an answer where none came. */
    static String withoutAnswer(String reason) {
        return reason.isEmpty() ? "no answer" : "no answer: " + reason;
    }

    /** The step of a blob, if an event is one. */
    static Optional<Handover> ofBlob(JournalEvent event) {
        if (event instanceof JournalEvent.BlobSubmitted each) {
            return Optional.of(asked(each.at(), each.content(), each.node(), each.workload()));
        } else if (event instanceof JournalEvent.BlobDispersed each) {
            return Optional.of(took(each.at(), each.content(), each.node()));
        } else if (event instanceof JournalEvent.BlobRefused each) {
            return Optional.of(refused(each.at(), each.content(), each.node(), each.status(), each.reason()));
        }
        return Optional.empty();
    }

    private static Handover asked(long at, String id, String node, String workload) {
        return new Handover(Act.ASKED, at, id, node, workload, 0, "");
    }

    private static Handover took(long at, String id, String node) {
        return new Handover(Act.TOOK, at, id, node, "", 0, "");
    }

    private static Handover refused(long at, String id, String node, int status, String text) {
        return new Handover(Act.REFUSED, at, id, node, "", status, text);
    }
}
