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

    /** What a double holds for sure. */
    private static final int MOST_DIGITS = 15;

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
        if (isSimple(line)) {
            int blank = line.indexOf(' ');
            put(line.substring(0, blank), line.substring(blank + 1), values);
            return;
        }
        var scanner = new MetricScanner(line);
        var metric = scanner.metric().toString();
        var parts = BLANKS.split(scanner.rest());
        if (parts.length > 2
                || parts.length == 2 && !TIMESTAMP.matcher(parts[1]).matches()) {
            throw new IllegalArgumentException(
                    "expected a value, and perhaps a time, but was '" + scanner.rest() + "'");
        }
        put(metric, MetricNumber.text(MetricNumber.parse(parts[0])), values);
    }

    /** Most lines are a lower-case name and a whole number, which stand in the values as they do here. */
    private static boolean isSimple(String line) {
        int blank = line.indexOf(' ');
        int digits = line.length() - blank - 1;
        if (blank < 1 || digits < 1 || digits > MOST_DIGITS || line.charAt(blank + 1) == '0' && digits > 1) {
            return false;
        }
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean ofName = c >= 'a' && c <= 'z' || c == '_';
            if (i < blank ? !ofName : i > blank && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static void put(String metric, String value, SortedMap<String, String> values) {
        if (values.put(metric, value) != null) {
            throw new IllegalArgumentException(metric + " is there twice");
        }
        if (values.size() > MOST_METRICS) {
            throw new IllegalArgumentException("expected at most " + MOST_METRICS + " metrics but there are more");
        }
    }
}
