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
    /** The transaction whose output this one spends; null for the first of its account in this run. */
    final @Nullable PendingTransaction parent;

    int attempts;
    boolean accepted;
    /** Why no node took it when it was submitted last. */
    String refusal = Submissions.NO_NODE;
    /** Whether it is in the account of the load. */
    boolean counted;

    long includedAt = NOT_INCLUDED;
    /** Height at which it, or one it builds on, was last taken off the chain or submitted again; -1 if never. */
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
}
