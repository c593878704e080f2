package org.junitnomos.devnode;

import org.junitnomos.mantle.Memo;

/**
 * Remembers the last things seen.
 *
 * @param <T> type of the things
 */
final class SeenCache<T> {
    private final Memo<T, Boolean> seen;

    SeenCache(int capacity) {
        seen = Memo.ofLastAdded(capacity);
    }

    /** Remembers a thing; false if it was seen before. */
    boolean add(T thing) {
        return seen.put(thing, Boolean.TRUE) == null;
    }

    boolean contains(T thing) {
        return seen.contains(thing);
    }
}
