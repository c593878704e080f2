package org.junitnomos.devnode.mempool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Keeps transactions in the order of their arrival. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ArrivalMempool implements Mempool {
    private final Map<TxHash, Entry> entries = new HashMap<>();
    private final TreeMap<Long, Entry> pending = new TreeMap<>();
    private List<Entry> unprunedOwn = new ArrayList<>();
    private long nextArrival;
    private long lastAddedMillis;

    private static final class Entry {
        private final SignedMantleTx transaction;
        private final long arrival;
        private @Nullable HeaderId block;
        private boolean own;
        private boolean pruned;

        Entry(SignedMantleTx transaction, long arrival) {
            this.transaction = transaction;
            this.arrival = arrival;
        }
    }

    @Override
    public boolean add(SignedMantleTx transaction, long nowMillis) {
        if (entries.containsKey(transaction.hash())) {
            return false;
        }
        Entry entry = enter(transaction);
        pending.put(entry.arrival, entry);
        lastAddedMillis = nowMillis;
        return true;
    }

    private Entry enter(SignedMantleTx transaction) {
        Entry entry = new Entry(transaction, nextArrival++);
        entries.put(transaction.hash(), entry);
        return entry;
    }

    @Override
    public @Nullable SignedMantleTx find(TxHash hash) {
        Entry entry = entries.get(hash);
        return entry == null ? null : entry.transaction;
    }

    @Override
    public List<SignedMantleTx> pending(int limit) {
        List<SignedMantleTx> oldest = new ArrayList<>(Math.min(limit, pending.size()));
        for (Entry entry : pending.values()) {
            if (oldest.size() == limit) {
                break;
            }
            oldest.add(entry.transaction);
        }
        return oldest;
    }

    @Override
    public void drop(TxHash hash) {
        Entry entry = entries.remove(hash);
        if (entry != null) {
            pending.remove(entry.arrival);
        }
    }

    @Override
    public void include(HeaderId block, List<SignedMantleTx> transactions, boolean own) {
        for (SignedMantleTx transaction : transactions) {
            Entry entry = entries.get(transaction.hash());
            if (entry == null) {
                entry = enter(transaction);
            }
            pending.remove(entry.arrival);
            entry.block = block;
            entry.own = own;
            entry.pruned = false;
            if (own) {
                unprunedOwn.add(entry);
            }
        }
    }

    @Override
    public void restore(List<SignedMantleTx> transactions) {
        for (SignedMantleTx transaction : transactions) {
            Entry entry = entries.get(transaction.hash());
            if (entry == null) {
                entry = enter(transaction);
            }
            entry.block = null;
            entry.own = false;
            pending.put(entry.arrival, entry);
        }
    }

    @Override
    public void forget(List<SignedMantleTx> transactions) {
        for (SignedMantleTx transaction : transactions) {
            drop(transaction.hash());
        }
    }

    @Override
    public void proposed() {
        for (Entry entry : unprunedOwn) {
            entry.pruned = true;
        }
        unprunedOwn = new ArrayList<>();
    }

    @Override
    public Status status(TxHash hash) {
        Entry entry = entries.get(hash);
        if (entry == null || (entry.own && entry.pruned)) {
            return Status.UNKNOWN;
        }
        return entry.block == null || entry.own ? Status.PENDING : new Status(true, entry.block);
    }

    @Override
    public int pendingCount() {
        int waiting = pending.size();
        for (Entry entry : unprunedOwn) {
            if (entry.own && entries.get(entry.transaction.hash()) == entry) {
                waiting++;
            }
        }
        return waiting;
    }

    @Override
    public long lastAddedMillis() {
        return lastAddedMillis;
    }
}
