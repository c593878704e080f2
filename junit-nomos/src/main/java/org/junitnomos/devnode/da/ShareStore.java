package org.junitnomos.devnode.da;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobShare;

/** Finds the shares this node holds. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ShareStore {
    private record Held(BlobCommitments commitments, TreeMap<Integer, BlobShare> shares) {}

    private final Consumer<StoredShare> durable;
    private final Map<BlobId, Held> blobs = new HashMap<>();
    private TreeSet<Integer> withheld = new TreeSet<>();
    private TreeSet<Integer> corrupted = new TreeSet<>();

    ShareStore(Consumer<StoredShare> durable) {
        this.durable = durable;
    }

    void load(List<StoredShare> stored) {
        stored.forEach(this::enter);
    }

    /** Keeps a share that was verified; false if it is here already. */
    boolean add(BlobCommitments commitments, BlobShare share) {
        StoredShare stored = new StoredShare(commitments, share);
        if (!enter(stored)) {
            return false;
        }
        durable.accept(stored);
        return true;
    }

    private boolean enter(StoredShare stored) {
        Held held = blobs.computeIfAbsent(
                stored.commitments().blobId(), id -> new Held(stored.commitments(), new TreeMap<>()));
        return held.shares.putIfAbsent(stored.share().index(), stored.share()) == null;
    }

    /**
     * Breaks what this node gives of its shares, itself included, from now on; what it holds stays as it is.
     *
     * @param columns columns that it does not give
     * @param spoiled columns of which it gives wrong bytes
     */
    public void breakShares(Collection<Integer> columns, Collection<Integer> spoiled) {
        withheld = new TreeSet<>(columns);
        corrupted = new TreeSet<>(spoiled);
    }

    /** {@return an unmodifiable view of the columns that this node does not give; empty unless a test asked for it} */
    public SortedSet<Integer> withheld() {
        return Collections.unmodifiableSortedSet(withheld);
    }

    /**
     * {@return an unmodifiable view of the columns of which this node gives wrong bytes; empty unless a test asked for
     * it}
     */
    public SortedSet<Integer> corrupted() {
        return Collections.unmodifiableSortedSet(corrupted);
    }

    /**
     * Returns by column the shares of a blob that this node gives when it is asked: those it holds, unless a test broke
     * them.
     */
    public SortedMap<Integer, BlobShare> given(BlobId blob) {
        SortedMap<Integer, BlobShare> held = shares(blob);
        if (withheld.isEmpty() && corrupted.isEmpty()) {
            return held;
        }
        TreeMap<Integer, BlobShare> given = new TreeMap<>();
        held.forEach((column, share) -> {
            if (!withheld.contains(column)) {
                given.put(column, corrupted.contains(column) ? spoil(share) : share);
            }
        });
        return given;
    }

    private static BlobShare spoil(BlobShare share) {
        byte[] column = share.column();
        column[0]++;
        return new BlobShare(share.index(), column, share.proof());
    }

    /** Finds the commitments of a blob; null if this node holds no share of it. */
    public @Nullable BlobCommitments commitments(BlobId blob) {
        Held held = blobs.get(blob);
        return held == null ? null : held.commitments;
    }

    /** Returns an unmodifiable view of the shares of a blob by column; empty if there is none. */
    public SortedMap<Integer, BlobShare> shares(BlobId blob) {
        Held held = blobs.get(blob);
        return held == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(held.shares);
    }
}
