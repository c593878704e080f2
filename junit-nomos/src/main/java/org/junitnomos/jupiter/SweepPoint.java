package org.junitnomos.jupiter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitnomos.topology.TopologySpec;

/**
 * One point of a topology sweep.
 *
 * @param number its number, from 1, counted before any is excluded
 * @param topology the class's topology with the values of the point
 * @param backend name of the backend
 * @param swept keys of what the point sets, in the order of {@link #values()}
 * @param provided whether a provider made the topology, all of it
 * @param skipReason why it is skipped; null if it is not
 */
record SweepPoint(
        int number,
        TopologySpec topology,
        String backend,
        List<String> swept,
        boolean provided,
        @Nullable String skipReason) {
    static final String VALIDATORS = "validators";
    static final String EXECUTORS = "executors";
    static final String LAYOUT = "layout";
    static final String BACKEND = "backend";
    static final String POINT = "point";

    SweepPoint {
        swept = List.copyOf(swept);
    }

    /** Returns everything by which a point can be chosen. */
    Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put(POINT, Integer.toString(number));
        values.put(VALIDATORS, Integer.toString(topology.validators()));
        values.put(EXECUTORS, Integer.toString(topology.executors()));
        values.put(LAYOUT, topology.layout().name().toLowerCase(Locale.ROOT));
        values.put(BACKEND, backend);
        return values;
    }

    /** Returns what chooses this point with {@code -Dnomos.sweep=…}, for example {@code "validators=3,executors=1"}. */
    String label() {
        return values().entrySet().stream()
                .filter(entry -> swept.contains(entry.getKey()))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    String displayName(String pattern) {
        var name = pattern.replace("{point}", label()).replace("{index}", Integer.toString(number));
        for (var entry : values().entrySet()) {
            name = name.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return name;
    }

    /** Sets what the point sweeps; the rest stays, so that a method may refine it. */
    TopologySpec applyTo(TopologySpec other) {
        if (provided) {
            return topology;
        }
        return new TopologySpec(
                swept.contains(VALIDATORS) ? topology.validators() : other.validators(),
                swept.contains(EXECUTORS) ? topology.executors() : other.executors(),
                swept.contains(LAYOUT) ? topology.layout() : other.layout(),
                other.consensus(),
                other.wallets(),
                other.links(),
                other.clockSkews(),
                other.stake(),
                other.overlay(),
                other.urls());
    }

    boolean setsBackend() {
        return swept.contains(BACKEND);
    }

    SweepPoint skipped(String reason) {
        return new SweepPoint(number, topology, backend, swept, provided, reason);
    }
}
