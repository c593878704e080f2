package org.junitnomos.mantle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remember the last results of a pure function. Bounded and thread-safe; whether a result is found changes only how
 * often it is computed.
 *
 * @param <K> the type of the arguments
 * @param <V> the type of the results
 */
final class Memo<K, V> {

    private final Map<K, V> results;

    Memo(int capacity) {
        results = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized @Nullable V get(K argument) {
        return results.get(argument);
    }

    synchronized void put(K argument, V result) {
        results.put(argument, result);
    }
}
