package org.junitnomos.mantle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Return one object for equal values, as long as it is among those used last.
 *
 * <p>A bounded, thread-safe memo of a pure function: whether a value is found or not changes only how often its hashes
 * are computed, never a result.
 *
 * @param <T> the type of the immutable values
 */
final class Interner<T> {

    private final Map<T, T> values;

    Interner(int capacity) {
        values = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<T, T> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized T intern(T value) {
        T known = values.putIfAbsent(value, value);
        return known == null ? value : known;
    }

    synchronized int size() {
        return values.size();
    }
}
