package org.junitnomos.devnode;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remember the last things seen.
 *
 * @param <T> type of the things
 */
final class SeenCache<T> {
    private final Map<T, Boolean> seen;

    SeenCache(int capacity) {
        seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Remember a thing; false if it was seen before. */
    boolean add(T thing) {
        return seen.put(thing, Boolean.TRUE) == null;
    }

    boolean contains(T thing) {
        return seen.containsKey(thing);
    }
}
