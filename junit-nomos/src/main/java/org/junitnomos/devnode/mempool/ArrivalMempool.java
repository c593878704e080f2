package org.junitnomos.devnode.mempool;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Keeps transactions in the order of their arrival. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ArrivalMempool implements Mempool {
    private final Map<TxHash, SignedMantleTx> pending = new LinkedHashMap<>();
    private final Map<TxHash, Status> inBlock = new HashMap<>();
    private final Map<TxHash, SignedMantleTx> bytesInBlock = new HashMap<>();
    private long lastAddedMillis;

    @Override
    public boolean add(SignedMantleTx transaction, long nowMillis) {
        if (inBlock.containsKey(transaction.hash()) || pending.putIfAbsent(transaction.hash(), transaction) != null) {
            return false;
        }
        lastAddedMillis = nowMillis;
        return true;
    }

    @Override
    public @Nullable SignedMantleTx find(TxHash hash) {
        SignedMantleTx waiting = pending.get(hash);
        return waiting == null ? bytesInBlock.get(hash) : waiting;
    }

    @Override
    public List<SignedMantleTx> pending() {
        return List.copyOf(pending.values());
    }

    @Override
    public void prune(TxHash hash) {
        pending.remove(hash);
    }

    @Override
    public void include(HeaderId block, List<SignedMantleTx> transactions) {
        Status status = new Status(true, block);
        for (SignedMantleTx transaction : transactions) {
            SignedMantleTx waiting = pending.remove(transaction.hash());
            if (waiting != null) {
                inBlock.put(transaction.hash(), status);
                bytesInBlock.put(transaction.hash(), waiting);
            }
        }
    }

    @Override
    public void settle(List<SignedMantleTx> transactions) {
        transactions.forEach(transaction -> bytesInBlock.remove(transaction.hash()));
    }

    @Override
    public Status status(TxHash hash) {
        return pending.containsKey(hash) ? Status.PENDING : inBlock.getOrDefault(hash, Status.UNKNOWN);
    }

    @Override
    public int pendingCount() {
        return pending.size();
    }

    @Override
    public long lastAddedMillis() {
        return lastAddedMillis;
    }
}
