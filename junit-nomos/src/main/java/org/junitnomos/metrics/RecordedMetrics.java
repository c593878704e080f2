package org.junitnomos.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent.MetricsSampled;

/** Reads metrics from the journal of a run, which may grow; keeps nothing but its events. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RecordedMetrics implements RunMetrics {
    private static final String UNTOLD = "it does not tell this";

    private final Journal journal;
    private final Runnable sampler;
    private final Supplier<Optional<PrometheusApi>> prometheus;
    private final Map<String, List<MetricsSampled>> byNode = new LinkedHashMap<>();
    private int read;

    /**
     * Reads a journal.
     *
     * @param sampler asks every node now
     * @param prometheus the Prometheus of the run; empty if there is none
     */
    public RecordedMetrics(Journal journal, Runnable sampler, Supplier<Optional<PrometheusApi>> prometheus) {
        this.journal = journal;
        this.sampler = sampler;
        this.prometheus = prometheus;
    }

    private Map<String, List<MetricsSampled>> read() {
        var events = journal.events();
        for (; read < events.size(); read++) {
            if (events.get(read) instanceof MetricsSampled sampled) {
                byNode.computeIfAbsent(sampled.node(), node -> new ArrayList<>())
                        .add(sampled);
            }
        }
        return byNode;
    }

    @Override
    public synchronized List<String> nodes() {
        return read().keySet().stream().filter(name -> !name.equals(TEST_JVM)).toList();
    }

    @Override
    public synchronized List<Metric> metrics(String node) {
        return told(read().getOrDefault(node, List.of())).stream()
                .map(Metric::parse)
                .toList();
    }

    private static TreeSet<String> told(List<MetricsSampled> events) {
        var told = new TreeSet<String>();
        events.forEach(event -> told.addAll(event.values().keySet()));
        return told;
    }

    @Override
    public synchronized List<MetricSeries> series(String metric) {
        var wanted = Metric.parse(metric);
        var found = new ArrayList<MetricSeries>();
        read().forEach((node, events) -> told(events).forEach(text -> {
            var each = Metric.parse(text);
            if (wanted.matches(each)) {
                found.add(new MetricSeries(node, each, samples(events, text)));
            }
        }));
        return found;
    }

    private static List<MetricSample> samples(List<MetricsSampled> events, String metric) {
        var samples = new ArrayList<MetricSample>();
        var reading = new Reading(metric);
        events.forEach(event -> samples.add(reading.accept(event)));
        return samples;
    }

    private PrometheusApi prometheus() {
        return prometheus
                .get()
                .orElseThrow(() -> new IllegalStateException("There is no Prometheus that could be asked. Annotate the"
                        + " scenario with @Observability and run it in real time, or name one with"
                        + " nomos.metrics.query.url."));
    }

    @Override
    public List<QueriedSample> query(String promql) {
        return prometheus().query(promql);
    }

    @Override
    public List<QueriedSample> query(String promql, Instant from, Instant until, Duration step) {
        return prometheus().query(promql, from, until, step);
    }

    @Override
    public void sample() {
        sampler.run();
    }

    /** Follows one metric of one node from event to event. */
    public static final class Reading {
        private final String metric;
        private @Nullable String value;

        /**
         * Follows a metric.
         *
         * @param metric as it stands in the events
         */
        public Reading(String metric) {
            this.metric = metric;
        }

        /** Returns what the metric is after the next event of its node. */
        public MetricSample accept(MetricsSampled event) {
            var told = event.values().get(metric);
            if (told != null) {
                value = told.isEmpty() ? null : told;
            }
            var now = value;
            var missing = event.problem();
            if (now == null) {
                missing = missing == null ? UNTOLD : missing;
            } else if (SeenMetrics.has(metric)) {
                missing = null;
            }
            return new MetricSample(
                    Duration.ofNanos(event.at()),
                    missing != null || now == null ? Double.NaN : MetricNumber.parse(now),
                    missing);
        }
    }
}
