package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.metrics.MetricSample;
import org.junitnomos.metrics.RecordedMetrics;

/** Follows one metric of one node, and computes of it what is bounded. */
final class MetricMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MetricBound bound;
    private final RecordedMetrics.Reading reading;

    /** Since the last gap: when it was asked, and how much the metric had grown in all by then. */
    private final Deque<Step> steps = new ArrayDeque<>();

    private MetricSample now = new MetricSample(Duration.ZERO, Double.NaN, "it was never asked");
    private double first = Double.NaN;
    private double grown;
    private long time;

    MetricMeter(MetricBound bound, String metric) {
        this.bound = bound;
        this.reading = new RecordedMetrics.Reading(metric);
    }

    private record Step(long at, double value, double grown) {}

    void accept(MetricsSampled event) {
        now = reading.accept(event);
        if (!now.isMeasured() || Double.isNaN(now.value())) {
            steps.clear();
            return;
        }
        if (Double.isNaN(first)) {
            first = now.value();
        }
        step(event.at(), now.value());
    }

    private void step(long at, double value) {
        var before = steps.peekLast();
        if (before != null) {
            // one that fell began again at 0
            grown += value >= before.value ? value - before.value : value;
            time += at - before.at;
        }
        steps.addLast(new Step(at, value, grown));
        long from = at - (bound.over() == null ? 0 : bound.over().toNanos());
        var second = steps.stream().skip(1).findFirst();
        while (second.isPresent() && second.get().at <= from) {
            steps.removeFirst();
            second = steps.stream().skip(1).findFirst();
        }
    }

    /** The metric as the node told it last; empty if it did not. */
    OptionalDouble value() {
        return now.isMeasured() ? OptionalDouble.of(now.value()) : OptionalDouble.empty();
    }

    /** What is judged each time the node is asked; empty if that is nothing. */
    OptionalDouble judged() {
        var over = bound.over();
        if (bound.measure() == MetricMeasure.VALUE) {
            return value();
        }
        var begin = steps.peekFirst();
        var end = steps.peekLast();
        if (over == null || begin == null || end == null || end.at - begin.at < over.toNanos()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(NANOS_PER_SECOND * (end.grown - begin.grown) / (end.at - begin.at));
    }

    /** What is judged once, at the end; empty if that is nothing. */
    OptionalDouble conclusion() {
        return switch (bound.measure()) {
            case VALUE, PERCENTILE -> OptionalDouble.empty();
            case RATE ->
                bound.over() != null || time == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(NANOS_PER_SECOND * grown / time);
            case GROWTH -> value().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(now.value() - first);
            case LAST -> value();
        };
    }
}
