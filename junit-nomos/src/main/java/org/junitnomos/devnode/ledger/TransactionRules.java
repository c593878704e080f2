package org.junitnomos.devnode.ledger;

import org.apiguardian.api.API;
import org.junitnomos.mantle.SignedMantleTx;

/** Decides whether a transaction is valid and what it does. */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface TransactionRules {
    /**
     * Applies a transaction.
     *
     * @param state the ledger before it
     * @param blockNumber height of the block it is in
     * @return the ledger after it
     * @throws RejectedTransactionException if it is not valid
     */
    LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber)
            throws RejectedTransactionException;

    /** Returns the rules that decide now, where they change with time. */
    default TransactionRules inForce() {
        return this;
    }
}
