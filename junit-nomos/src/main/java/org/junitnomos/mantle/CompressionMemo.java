package org.junitnomos.mantle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remember the compressions used last, since several nodes of one JVM compute the same trees.
 *
 * <p>A bounded, thread-safe memo of a pure function; it never changes a result.
 */
final class CompressionMemo {

    private final Map<Pair, Fr> results;

    CompressionMemo(int capacity) {
        results = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Pair, Fr> eldest) {
                return size() > capacity;
            }
        };
    }

    Fr compress(Fr left, Fr right) {
        Pair key = new Pair(left, right);
        Fr known = find(key);
        if (known == null) {
            known = Poseidon2.compress(left, right);
            remember(key, known);
        }
        return known;
    }

    private synchronized @Nullable Fr find(Pair key) {
        return results.get(key);
    }

    private synchronized void remember(Pair key, Fr result) {
        results.put(key, result);
    }

    private record Pair(Fr left, Fr right) {}
}
