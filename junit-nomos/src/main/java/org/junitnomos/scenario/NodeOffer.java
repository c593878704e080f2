package org.junitnomos.scenario;

import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.SignedMantleTx;

/**
 * A transaction on its way to one node: all load of a run is offered like this, and on record in the same words.
 *
 * @param workload who submits it
 * @param attempt 1 for the first node that is asked, then one more each time
 * @param sent whether exactly this, with the same proofs, may be with the node already: then {@link Kind#HAS} is no
 *     refusal
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record NodeOffer(RunContext run, String workload, SignedMantleTx transaction, int attempt, boolean sent) {
    private static final String DUPLICATE = "Item already in mempool";
    private static final String MEANING = " (the node has a transaction of this id, whatever its proofs: one with other"
            + " proofs that waits there and may yet fail, or this one, which waits there or was in a block, be it one"
            + " that was left since; node contract 1.4)";

    /** A few words, of which an account of load has one number: no id, no number, no position. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z']{1,20}(?:[ ,:.-]{1,2}[A-Za-z']{1,20}){0,11}");

    /** What kind of answer there was. */
    public enum Kind {
        /** The node took it. */
        ACCEPTED,
        /**
         * The node had exactly this before: it waits there, or is marked as one in a block, also in one that was left
         * since, and then this node proposes it never again (node contract 1.4).
         */
        HAS,
        /** The node refused it. */
        REJECTED,
        /** The node could not be asked. */
        UNREACHABLE
    }

    /**
     * What a node said.
     *
     * @param refusal who refused and how, see {@link NodeOffer#refusal}; empty if the node has it
     */
    public record Answer(Kind kind, String refusal) {
        /** {@return whether the node has it now} */
        public boolean isWithNode() {
            return kind == Kind.ACCEPTED || kind == Kind.HAS;
        }
    }

    /**
     * Asks a node.
     *
     * @param node the node
     * @return what it said
     */
    public Answer to(NodeHandle node) {
        var hash = transaction.hash();
        run.journal().append(new JournalEvent.TransactionSubmitted(at(), hash, node.name(), workload, attempt));
        try {
            node.client().submit(transaction);
        } catch (NodeApiException failure) {
            boolean has = isDuplicate(failure.body());
            if (has && sent) {
                return new Answer(Kind.HAS, "");
            }
            if (isCut(failure)) {
                return new Answer(Kind.UNREACHABLE, refusal(node, failure));
            }
            String text = has ? failure.body() + MEANING : failure.body();
            run.journal().append(new JournalEvent.TransactionRejected(at(), hash, node.name(), failure.status(), text));
            return new Answer(failure.status() == 0 ? Kind.UNREACHABLE : Kind.REJECTED, refusal(node, failure));
        }
        run.journal().append(new JournalEvent.TransactionAccepted(at(), hash, node.name()));
        return new Answer(Kind.ACCEPTED, "");
    }

    /**
     * Says who refused something and how, for an account of load.
     *
     * @param node the node
     * @param failure what it answered
     * @return with the text of the node, if that is a few words; others may hold ids
     */
    public static String refusal(NodeHandle node, NodeApiException failure) {
        if (isCut(failure)) {
            return "the load was stopped before " + node.name() + " answered";
        }
        if (failure.status() == 0) {
            return node.name() + " did not answer";
        }
        String told = failure.body().strip().replaceFirst("\\.$", "");
        return "refused by " + node.name() + " with status " + failure.status()
                + (WORDS.matcher(told).matches() ? ": " + told : "");
    }

    /**
     * Says whether nobody waited for the answer, because the load ends with the run window: that is no refusal.
     *
     * @param failure what a call ended with
     * @return true if so
     */
    public static boolean isCut(NodeApiException failure) {
        return failure.kind() == NodeApiException.Kind.CLOSED;
    }

    /**
     * Says whether a node refused a transaction because it has one of this id.
     *
     * @param text the text of the refusal
     * @return true if so
     */
    public static boolean isDuplicate(String text) {
        return text.contains(DUPLICATE);
    }

    private long at() {
        return run.clock().now().toNanos();
    }
}
