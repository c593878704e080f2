package org.junitnomos.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.metrics.MetricNumber;

/** What the nodes told in numbers, a series a node and metric; metrics that never changed are left out. */
final class MetricData {
    private static final int MOST_METRICS = 48;
    private static final int MOST_POINTS = 60_000;

    private static final class Series {
        private final List<Long> at = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        void add(long millis, double value) {
            at.add(millis);
            values.add(value);
        }

        boolean changes() {
            return values.stream().filter(Double::isFinite).distinct().count() > 1;
        }
    }

    private final List<String> nodes;
    private final Map<String, Map<Integer, Series>> metrics = new TreeMap<>();

    MetricData(List<JournalEvent> events, List<String> nodes) {
        this.nodes = nodes;
        for (var event : events) {
            if (event instanceof MetricsSampled sampled) {
                add(sampled);
            }
        }
    }

    /** {@return how many metrics have had one value all the time} */
    long constant() {
        return metrics.values().stream().filter(each -> !changes(each)).count();
    }

    private static boolean changes(Map<Integer, Series> metric) {
        return metric.values().stream().anyMatch(Series::changes);
    }

    private void add(MetricsSampled sampled) {
        int node = nodes.indexOf(sampled.node());
        long at = PageTexts.millis(sampled.at());
        sampled.values()
                .forEach((metric, text) -> metrics.computeIfAbsent(metric, name -> new TreeMap<>())
                        .computeIfAbsent(node, index -> new Series())
                        .add(at, number(text)));
    }

    /** An empty text: it was not told any more. */
    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : MetricNumber.parse(text);
    }

    /**
     * {@return the metrics that changed, and those of a failure even if they did not}
     *
     * @param failing what failures say
     */
    List<Object> json(Thinning thinning, String failing) {
        Predicate<String> named = metric -> WordSearch.in(failing, metric.replaceFirst("\\{.*", ""));
        var changing = metrics.entrySet().stream()
                .filter(metric -> changes(metric.getValue()) || named.test(metric.getKey()))
                .toList();
        // What nodes tell of themselves before what the harness counts of its own requests.
        Predicate<String> ownRequests = metric -> metric.startsWith("nomos_client_");
        var shown = changing.stream()
                .sorted(Comparator.comparing(
                        metric -> named.test(metric.getKey()) ? 0 : ownRequests.test(metric.getKey()) ? 2 : 1))
                .limit(MOST_METRICS)
                .toList();
        if (shown.size() < changing.size()) {
            thinning.note(shown.size() + " of " + changing.size() + " metrics are shown");
        }
        long lines = shown.stream().mapToLong(each -> each.getValue().size()).sum();
        int room = (int) Math.max(20, MOST_POINTS / Math.max(1, lines));
        var list = new ArrayList<Object>();
        for (var metric : shown) {
            var series = new ArrayList<Object>();
            metric.getValue().forEach((node, each) -> series.add(line(node, each, room)));
            var entry = new LinkedHashMap<String, Object>();
            entry.put("name", PageTexts.visible(metric.getKey()));
            entry.put("series", series);
            list.add(entry);
        }
        return list;
    }

    /** A series as columns; every so many-th value, and the last. */
    private static Map<String, Object> line(int node, Series series, int room) {
        int step = (series.at.size() + room - 1) / room;
        var at = new ArrayList<Long>();
        var values = new ArrayList<Object>();
        int last = series.at.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i % step == 0 || i == last) {
                double value = series.values.get(i);
                at.add(series.at.get(i));
                values.add(Double.isFinite(value) ? shortest(value) : String.valueOf(value));
            }
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("node", node);
        line.put("at", at);
        line.put("values", values);
        return line;
    }

    private static Number shortest(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }
}
