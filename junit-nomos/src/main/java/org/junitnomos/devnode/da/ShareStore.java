package org.junitnomos.devnode.da;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobShare;

/** Find the shares this node holds. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ShareStore {
    private record Held(BlobCommitments commitments, TreeMap<Integer, BlobShare> shares) {}

    private final Consumer<StoredShare> durable;
    // Only looked up, never iterated.
    private final Map<BlobId, Held> blobs = new HashMap<>();

    ShareStore(Consumer<StoredShare> durable) {
        this.durable = durable;
    }

    void load(List<StoredShare> stored) {
        stored.forEach(this::enter);
    }

    /** Keep a share that was verified; false if it is here already. */
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
     * Find the commitments of a blob.
     *
     * @param blob its id
     * @return the commitments; null if this node holds no share of it
     */
    public @Nullable BlobCommitments commitments(BlobId blob) {
        Held held = blobs.get(blob);
        return held == null ? null : held.commitments;
    }

    /**
     * Return the shares of a blob by column.
     *
     * @param blob its id
     * @return unmodifiable view; empty if there is none
     */
    public SortedMap<Integer, BlobShare> shares(BlobId blob) {
        Held held = blobs.get(blob);
        return held == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(held.shares);
    }
}
