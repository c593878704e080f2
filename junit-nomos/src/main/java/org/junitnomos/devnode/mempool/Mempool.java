package org.junitnomos.devnode.mempool;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Keeps transactions from their arrival until they are final or dropped, so that a reorganization makes them pending
 * again. Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Mempool {
    /**
     * Adds a transaction.
     *
     * @param transaction the transaction
     * @param nowMillis current time, milliseconds since 1970
     * @return false if it is here already
     */
    boolean add(SignedMantleTx transaction, long nowMillis);

    /**
     * Finds a transaction, pending or not.
     *
     * @param hash its hash
     * @return the transaction; null if it is not here
     */
    @Nullable
    SignedMantleTx find(TxHash hash);

    /**
     * Returns transactions that wait for a block.
     *
     * @param limit how many at most
     * @return the oldest ones, in order of arrival
     */
    List<SignedMantleTx> pending(int limit);

    /**
     * Forgets a transaction that no block can contain.
     *
     * @param hash its hash
     */
    void drop(TxHash hash);

    /**
     * Notes that a block of the chosen branch contains transactions.
     *
     * @param block the block
     * @param transactions its transactions
     * @param own whether this node proposed it
     */
    void include(HeaderId block, List<SignedMantleTx> transactions, boolean own);

    /**
     * Makes transactions pending again whose block left the chosen branch.
     *
     * @param transactions its transactions
     */
    void restore(List<SignedMantleTx> transactions);

    /**
     * Forgets transactions that are final.
     *
     * @param transactions the transactions
     */
    void forget(List<SignedMantleTx> transactions);

    /** Notes that this node proposed a block: a node prunes what its own blocks contain only now. */
    void proposed();

    /**
     * Tells how a transaction stands, as {@code POST /mantle/status} does.
     *
     * @param hash its hash
     * @return the status
     */
    Status status(TxHash hash);

    /**
     * Counts what waits for a block, as {@code GET /mantle/metrics} does.
     *
     * @return the number of transactions reported as pending
     */
    int pendingCount();

    /**
     * Returns when the last transaction was added.
     *
     * @return the time, milliseconds since 1970; 0 if there was none
     */
    long lastAddedMillis();

    /**
     * How a transaction stands.
     *
     * @param known whether the transaction is reported at all
     * @param block the block that contains it; null if it waits or is unknown
     */
    record Status(boolean known, @Nullable HeaderId block) {
        /** Not here. */
        public static final Status UNKNOWN = new Status(false, null);
        /** Waiting for a block. */
        public static final Status PENDING = new Status(true, null);
    }
}
