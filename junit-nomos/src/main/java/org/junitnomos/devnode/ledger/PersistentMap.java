package org.junitnomos.devnode.ledger;

import java.util.Objects;
import java.util.function.BiConsumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map: every change returns a new map that shares almost all of the old one.
 *
 * <p>A hash array mapped trie; reading and changing cost a few array accesses at any size. The order of iteration
 * depends on the contents alone.
 *
 * @param <K> type of the keys; their hash codes must depend on their contents alone
 * @param <V> type of the values
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PersistentMap<K, V> {
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null, 0);

    private final @Nullable TrieNode root;
    private final int size;

    private PersistentMap(@Nullable TrieNode root, int size) {
        this.root = root;
        this.size = size;
    }

    /**
     * Returns the map without entries.
     *
     * @param <K> type of the keys
     * @param <V> type of the values
     */
    @SuppressWarnings("unchecked") // the empty map holds no key and no value
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    /** Finds the value of a key; null if there is none. */
    @SuppressWarnings("unchecked") // only put() adds leaves, with values of type V
    public @Nullable V get(K key) {
        if (root == null) {
            return null;
        }
        TrieNode.Leaf leaf = root.find(TrieNode.hash(key), 0, key);
        return leaf == null ? null : (V) leaf.value();
    }

    /** Tells whether a key has a value. */
    public boolean containsKey(K key) {
        return get(key) != null;
    }

    /** Returns the map with a value for a key, in place of any other. */
    public PersistentMap<K, V> put(K key, V value) {
        TrieNode.Leaf leaf = new TrieNode.Leaf(TrieNode.hash(key), key, Objects.requireNonNull(value, "value"));
        if (root == null) {
            return new PersistentMap<>(leaf, 1);
        }
        int grown = containsKey(key) ? size : size + 1;
        return new PersistentMap<>(root.with(leaf, 0), grown);
    }

    /** Returns the map without a key; this one if the key has no value. */
    public PersistentMap<K, V> remove(K key) {
        if (root == null || !containsKey(key)) {
            return this;
        }
        return new PersistentMap<>(root.without(TrieNode.hash(key), 0, key), size - 1);
    }

    /** Counts the entries. */
    public int size() {
        return size;
    }

    /** Shows key and value of every entry. */
    @SuppressWarnings("unchecked") // only put() adds leaves, with keys of type K and values of type V
    public void forEach(BiConsumer<? super K, ? super V> action) {
        if (root != null) {
            root.forEach(leaf -> action.accept((K) leaf.key(), (V) leaf.value()));
        }
    }
}
