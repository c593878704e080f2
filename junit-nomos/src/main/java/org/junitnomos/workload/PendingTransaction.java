package org.junitnomos.workload;

import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;

/** A transaction on its way. */
final class PendingTransaction {
    static final long NOT_INCLUDED = -1;

    final SignedMantleTx transaction;
    final Account account;
    final NoteId output;
    /** The transaction whose output this one spends; null for the first of its account, or if that one is final. */
    @Nullable
    PendingTransaction parent;

    int attempts;
    boolean accepted;

    /** The node that took it last; empty if none did. */
    String takenBy = "";
    /** Why no node took it when it was submitted last. */
    String refusal = Submissions.NO_NODE;
    /** Whether it is in the account of the load. */
    boolean counted;

    long includedAt = NOT_INCLUDED;
    /** Height at which a reorg put it in doubt, or it was submitted again for that; -1 if it is in no doubt. */
    long disturbedAt = -1;

    PendingTransaction(
            SignedMantleTx transaction, Account account, NoteId output, @Nullable PendingTransaction parent) {
        this.transaction = transaction;
        this.account = account;
        this.output = output;
        this.parent = parent;
    }

    boolean isIncluded() {
        return includedAt != NOT_INCLUDED;
    }

    /** Whether what it spends is on the chain. */
    boolean isFounded() {
        return parent == null || parent.isIncluded();
    }

    boolean isInDoubt() {
        return disturbedAt >= 0 && !isIncluded();
    }
}
