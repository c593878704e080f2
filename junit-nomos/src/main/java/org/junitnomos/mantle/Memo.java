package org.junitnomos.mantle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a bounded number of things by their keys, most of all results of pure functions: whether one is found then
 * changes only how often it is computed. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class Memo<K, V> {

    private final Map<K, V> values;

    private Memo(int capacity, boolean byUse) {
        values = new LinkedHashMap<>(16, 0.75f, byUse) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * Creates a memo that forgets first what was not used for longest.
     *
     * @param capacity most things that are remembered; positive
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the memo, empty
     */
    public static <K, V> Memo<K, V> ofLastUsed(int capacity) {
        return new Memo<>(capacity, true);
    }

    /**
     * Creates a memo that forgets first what was added first, however often it was used since.
     *
     * @param capacity most things that are remembered; positive
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the memo, empty
     */
    public static <K, V> Memo<K, V> ofLastAdded(int capacity) {
        return new Memo<>(capacity, false);
    }

    /** Finds a value; null if it is not remembered. */
    public synchronized @Nullable V get(K key) {
        return values.get(key);
    }

    /**
     * Finds the result of a function, or computes and remembers it. Others are not kept waiting by that, and may
     * compute the same meanwhile.
     *
     * @param key the argument
     * @param function a pure function
     */
    public V get(K key, Function<? super K, ? extends V> function) {
        V known = get(key);
        if (known == null) {
            known = function.apply(key);
            put(key, known);
        }
        return known;
    }

    /**
     * Remembers a value.
     *
     * @param value the value, in place of the one before
     * @return the value before; null if there is none
     */
    public synchronized @Nullable V put(K key, V value) {
        return values.put(key, value);
    }

    /** Remembers a value unless there is one; returns the value that is remembered now. */
    public synchronized V keep(K key, V value) {
        V known = values.putIfAbsent(key, value);
        return known == null ? value : known;
    }

    /** Says whether a key is remembered; not a use of it. */
    public synchronized boolean contains(K key) {
        return values.containsKey(key);
    }

    /** Forgets a value, if it is remembered. */
    public synchronized void remove(K key) {
        values.remove(key);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        values.clear();
    }

    synchronized int size() {
        return values.size();
    }
}
