package org.junitnomos.jupiter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The points of a sweep that are chosen: {@code validators=3,executors=1}; every named key must match.
 *
 * @param values wanted value by key
 * @param reason what stands after the colon; empty if nothing does
 */
record PointFilter(Map<String, String> values, String reason) {
    static final List<String> KEYS = List.of(
            SweepPoint.VALIDATORS, SweepPoint.EXECUTORS, SweepPoint.LAYOUT, SweepPoint.BACKEND, SweepPoint.POINT);

    /**
     * Reads a filter.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    static PointFilter parse(String text) {
        int colon = text.indexOf(':');
        var values = new LinkedHashMap<String, String>();
        for (var part : (colon < 0 ? text : text.substring(0, colon)).split(",", -1)) {
            int equals = part.indexOf('=');
            var key = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            if (equals < 0 || !KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "'" + part.strip() + "' is no condition: key=value with a key of " + String.join(", ", KEYS));
            }
            values.put(key, part.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
        }
        return new PointFilter(
                values, colon < 0 ? "" : text.substring(colon + 1).strip());
    }

    boolean matches(SweepPoint point) {
        var actual = point.values();
        return values.entrySet().stream()
                .allMatch(entry -> entry.getValue().equalsIgnoreCase(actual.get(entry.getKey())));
    }
}
