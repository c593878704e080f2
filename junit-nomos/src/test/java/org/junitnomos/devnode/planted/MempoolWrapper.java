package org.junitnomos.devnode.planted;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.mempool.ArrivalMempool;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Pass every call on to a right mempool. */
abstract class MempoolWrapper implements Mempool {
    protected final Mempool pool = new ArrivalMempool();

    @Override
    public boolean add(SignedMantleTx transaction, long nowMillis) {
        return pool.add(transaction, nowMillis);
    }

    @Override
    public @Nullable SignedMantleTx find(TxHash hash) {
        return pool.find(hash);
    }

    @Override
    public List<SignedMantleTx> pending() {
        return pool.pending();
    }

    @Override
    public void prune(TxHash hash) {
        pool.prune(hash);
    }

    @Override
    public void include(HeaderId block, List<SignedMantleTx> transactions) {
        pool.include(block, transactions);
    }

    @Override
    public void settle(List<SignedMantleTx> transactions) {
        pool.settle(transactions);
    }

    @Override
    public Status status(TxHash hash) {
        return pool.status(hash);
    }

    @Override
    public int pendingCount() {
        return pool.pendingCount();
    }

    @Override
    public long lastAddedMillis() {
        return pool.lastAddedMillis();
    }
}
