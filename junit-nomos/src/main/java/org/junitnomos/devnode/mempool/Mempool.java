package org.junitnomos.devnode.mempool;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Keeps transactions as a node does (node contract 1.4): they wait until a block of another node contains them, or
 * until this node prunes them. What is in a block stays so for the life of the node, also if that block is left: a
 * reorganization gives nothing back. Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Mempool {
    /**
     * Adds a transaction.
     *
     * @param transaction the transaction
     * @param nowMillis current time, milliseconds since 1970
     * @return false if one of its hash waits here, or was marked as one in a block
     */
    boolean add(SignedMantleTx transaction, long nowMillis);

    /**
     * Finds a transaction to rebuild a block with: one that waits, or one in a block that is not final yet.
     *
     * @param hash its hash
     * @return the transaction; null if it is not here
     */
    @Nullable
    SignedMantleTx find(TxHash hash);

    /** {@return what waits for a block, in order of arrival} */
    List<SignedMantleTx> pending();

    /**
     * Forgets a transaction that waits, because it failed when this node built a block.
     *
     * @param hash its hash
     */
    void prune(TxHash hash);

    /**
     * Marks those that wait here as contained in a block of another node. A block of the node itself marks nothing: its
     * transactions wait on until they fail at the next one.
     *
     * @param block the block
     * @param transactions its transactions
     */
    void include(HeaderId block, List<SignedMantleTx> transactions);

    /**
     * Drops the bytes of transactions that no further block can contain; their marks stay.
     *
     * @param transactions those of a final block
     */
    void settle(List<SignedMantleTx> transactions);

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
     * @return the number of pending transactions
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
     * @param block the block that contains it, perhaps on a branch that was left; null if it waits or is unknown
     */
    record Status(boolean known, @Nullable HeaderId block) {
        /** Not here. */
        public static final Status UNKNOWN = new Status(false, null);
        /** Waiting for a block. */
        public static final Status PENDING = new Status(true, null);
    }
}
