package org.junitnomos.metrics;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads Prometheus text (format 0.0.4). A line that is none makes all of it unreadable: nobody knows what else is wrong
 * with what such a node tells.
 */
final class MetricText {
    /** More is no text of a node, but a mistake. */
    static final int MOST_METRICS = 1_000;

    private static final int LONGEST_LINE = 4_096;
    private static final int QUOTED = 80;
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final Pattern TIMESTAMP = Pattern.compile("-?\\d+");

    private MetricText() {}

    /**
     * Reads all values, as texts, by metric as a text; their times, which nodes may tell, are left out.
     *
     * @throws IllegalArgumentException if a line is malformed or longer than 4,096 characters, a metric is there twice,
     *     or there are more than {@value #MOST_METRICS}; the text says where
     */
    static SortedMap<String, String> parse(String text) {
        var values = new TreeMap<String, String>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            var plain = line.strip();
            if (plain.isEmpty() || plain.startsWith("#")) {
                continue;
            }
            try {
                if (plain.length() > LONGEST_LINE) {
                    throw new IllegalArgumentException(
                            "expected at most " + LONGEST_LINE + " characters but was " + plain.length());
                }
                read(plain, values);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + cut(String.valueOf(e.getMessage())), e);
            }
        }
        return values;
    }

    /** A line may quote what a node says at length. */
    private static String cut(String text) {
        return text.length() <= 2 * QUOTED
                ? text
                : text.substring(0, QUOTED) + " … " + text.substring(text.length() - QUOTED);
    }

    private static void read(String line, SortedMap<String, String> values) {
        var scanner = new MetricScanner(line);
        var metric = scanner.metric().toString();
        var parts = BLANKS.split(scanner.rest());
        if (parts.length > 2
                || parts.length == 2 && !TIMESTAMP.matcher(parts[1]).matches()) {
            throw new IllegalArgumentException(
                    "expected a value, and perhaps a time, but was '" + scanner.rest() + "'");
        }
        if (values.put(metric, MetricNumber.text(MetricNumber.parse(parts[0]))) != null) {
            throw new IllegalArgumentException(metric + " is there twice");
        }
        if (values.size() > MOST_METRICS) {
            throw new IllegalArgumentException("expected at most " + MOST_METRICS + " metrics but there are more");
        }
    }
}
