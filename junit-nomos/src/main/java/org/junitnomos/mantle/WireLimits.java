package org.junitnomos.mantle;

import java.util.List;

/** Checks sizes the wire format can carry. */
final class WireLimits {

    private WireLimits() {}

    static <T> List<T> atMost(String path, List<T> elements, int limit) {
        if (elements.size() > limit) {
            throw new WireFormatException(path, "expected at most " + limit + " elements but was " + elements.size());
        }
        return List.copyOf(elements);
    }
}
