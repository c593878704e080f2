package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.journal.JournalEvent.PhaseEnded;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.metrics.Metric;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.metrics.RunMetrics;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/** Judges which share of the requests that nodes got in the run window were bad, node by node. */
final class RequestShares {
    static final String ERRORS = "nomos_client_errors";
    private static final String REQUESTS = "nomos_client_requests";
    private static final int SHOWN = 16;

    private final String node;
    private final String route;
    private final Predicate<Metric> bad;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** Counts those of one node, or of each if it is empty, by one route, or by all if that is empty. */
    RequestShares(String node, String route, Predicate<Metric> bad) {
        this.node = node;
        this.route = route;
        this.bad = bad;
    }

    /** What one node was asked: the counters as they were told last, and what they grew by in each span. */
    private static final class Node {
        final Map<String, Double> counters = new LinkedHashMap<>();
        final List<Span> spans = new ArrayList<>();
        boolean known;
        double all;
        double bad;
    }

    /** Requests between two times at which metrics were taken; {@code at} is the later one. */
    private record Span(long at, double all, double bad) {
        double share() {
            return all == 0 ? 0 : bad / all;
        }
    }

    RequestShares read(RunContext run) {
        for (var event : run.journal().events()) {
            if (event instanceof PhaseEnded ended && ended.phase() == RunPhase.DRIVE) {
                break;
            }
            if (event instanceof MetricsSampled sampled
                    && (node.isEmpty() ? !sampled.node().equals(RunMetrics.TEST_JVM) : node.equals(sampled.node()))) {
                take(sampled);
            }
        }
        return this;
    }

    private void take(MetricsSampled event) {
        var seen = nodes.computeIfAbsent(event.node(), name -> new Node());
        double all = 0;
        double wrong = 0;
        for (var told : event.values().entrySet()) {
            if (!told.getKey().startsWith("nomos_client_") || told.getValue().isEmpty()) {
                continue;
            }
            var metric = Metric.parse(told.getKey());
            if (!route.isEmpty() && !route.equals(metric.labels().get("route"))) {
                continue;
            }
            double now = MetricNumber.parse(told.getValue());
            double before = seen.counters.getOrDefault(told.getKey(), 0.0);
            seen.counters.put(told.getKey(), now);
            double grown = now >= before ? now - before : now;
            all += metric.name().equals(REQUESTS) ? grown : 0;
            wrong += bad.test(metric) ? grown : 0;
        }
        if (seen.known) {
            seen.all += all;
            seen.bad += wrong;
            seen.spans.add(new Span(event.at(), all, wrong));
        }
        seen.known = true; // what was told first is the baseline
    }

    /**
     * Judges.
     *
     * @param most the largest share that may be bad, 0 to 1
     * @param expected what was expected, for example {@code "95 % of the requests to be answered within 1 s"}
     * @param called what bad ones are, for example {@code "were slower"}
     */
    void judge(double most, String expected, String called) {
        var texts = new ArrayList<String>();
        var empty = new ArrayList<String>();
        nodes.forEach((name, each) -> {
            if (each.all == 0) {
                empty.add("  " + name + ": no request " + (route.isEmpty() ? "" : "to " + route + " ") + "was counted");
            } else if (each.bad > most * each.all + 1e-9) {
                texts.add(text(name, each, called));
            }
        });
        if (!texts.isEmpty()) {
            throw new AssertionFailedError("expected " + expected + " but:\n" + Listing.of(texts));
        }
        if (!empty.isEmpty() || nodes.isEmpty()) {
            throw new InconclusiveException(
                    nodes.isEmpty() ? "no node was asked for its metrics" : "not judged:\n" + Listing.of(empty));
        }
    }

    private static String text(String name, Node node, String called) {
        var worst = node.spans.get(0);
        for (var span : node.spans) {
            worst = span.share() > worst.share() ? span : worst;
        }
        var text = new StringBuilder("  ").append(name).append(": ").append(count(node.bad, node.all));
        text.append(' ').append(called).append("; the worst was ").append(count(worst.bad, worst.all));
        text.append(" until ").append(DurationText.ofNanos(worst.at)).append("\n    measured: ");
        var parts = new ArrayList<String>();
        int size = Math.min(SHOWN, node.spans.size());
        for (int i = 0; i < size; i++) {
            int from = (int) ((long) i * node.spans.size() / size);
            int until = (int) ((long) (i + 1) * node.spans.size() / size);
            double all = 0;
            double bad = 0;
            for (var span : node.spans.subList(from, until)) {
                all += span.all;
                bad += span.bad;
            }
            parts.add(MetricNumber.text(bad) + " of " + MetricNumber.text(all) + " until "
                    + DurationText.ofNanos(node.spans.get(until - 1).at));
        }
        return text.append(String.join(", ", parts)).toString();
    }

    private static String count(double bad, double all) {
        return MetricNumber.text(bad) + " of " + MetricNumber.text(all) + " requests ("
                + MetricBound.percent(all == 0 ? 0 : bad / all) + ")";
    }
}
