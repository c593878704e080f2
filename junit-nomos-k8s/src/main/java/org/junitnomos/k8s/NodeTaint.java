package org.junitnomos.k8s;

import java.util.Set;
import java.util.TreeSet;

/**
 * A taint of machines that nodes tolerate, in the words of {@code kubectl taint}.
 *
 * @param key the taint's key
 * @param value its value; empty for any
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; empty for any
 */
record NodeTaint(String key, String value, String effect) {
    private static final Set<String> EFFECTS = new TreeSet<>(Set.of("", "NoSchedule", "PreferNoSchedule", "NoExecute"));

    /** Reads {@code key}, {@code key=value}, {@code key:effect} or {@code key=value:effect}. */
    static NodeTaint parse(String text) {
        int colon = text.indexOf(':');
        String taint = colon < 0 ? text : text.substring(0, colon);
        String effect = colon < 0 ? "" : text.substring(colon + 1);
        int equals = taint.indexOf('=');
        String key = equals < 0 ? taint : taint.substring(0, equals);
        if (key.isBlank() || !EFFECTS.contains(effect)) {
            throw new IllegalArgumentException(text);
        }
        return new NodeTaint(key, equals < 0 ? "" : taint.substring(equals + 1), effect);
    }
}
