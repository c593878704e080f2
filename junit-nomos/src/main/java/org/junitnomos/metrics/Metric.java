package org.junitnomos.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * What is measured: a name, and labels that tell measurements of one name apart, as nodes tell them.
 *
 * @param name a letter, {@code _} or {@code :}, then also digits, for example {@code "nomos_dev_node_height"}
 * @param labels values by name, in the order of the names; empty if there are none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Metric(String name, Map<String, String> labels) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    public Metric {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of a metric");
        }
        for (var label : labels.keySet()) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("'" + label + "' is no name of a label");
            }
        }
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /**
     * Reads a metric as {@link #toString} writes it.
     *
     * @param text a name, perhaps with labels, for example {@code requests{route="/x"}}
     * @return the metric
     * @throws IllegalArgumentException if it is none; says what is wrong
     */
    public static Metric parse(String text) {
        var scanner = new MetricScanner(text);
        var metric = scanner.metric();
        if (!scanner.rest().isEmpty()) {
            throw new IllegalArgumentException("expected nothing after the metric but was '" + scanner.rest() + "'");
        }
        return metric;
    }

    /**
     * Says whether another metric has this name, and at least these labels.
     *
     * @param other the other metric
     * @return true for the metric itself
     */
    public boolean matches(Metric other) {
        return name.equals(other.name) && other.labels.entrySet().containsAll(labels.entrySet());
    }

    /** {@return the name, and the labels if there are any, for example <code>requests{route="/x"}</code>} */
    @Override
    public String toString() {
        if (labels.isEmpty()) {
            return name;
        }
        var text = new StringBuilder(name);
        char before = '{';
        for (var label : labels.entrySet()) {
            text.append(before).append(label.getKey()).append("=\"");
            text.append(
                    label.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            text.append('"');
            before = ',';
        }
        return text.append('}').toString();
    }
}
