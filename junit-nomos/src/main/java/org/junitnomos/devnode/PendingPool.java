package org.junitnomos.devnode;

import org.junitnomos.devnode.da.PendingBlobs;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.TxHash;

/** The view that data availability has of the mempool. */
record PendingPool(Mempool mempool) implements PendingBlobs.Pool {
    @Override
    public boolean isPending(TxHash transaction) {
        return mempool.status(transaction).equals(Mempool.Status.PENDING);
    }
}
