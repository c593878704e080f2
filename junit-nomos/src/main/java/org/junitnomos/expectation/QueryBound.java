package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.junitnomos.metrics.Metric;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.metrics.QueriedSample;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/**
 * Expects each value that a query of PromQL gives at the end of the cooldown to be within bounds; asked is the
 * Prometheus of the run, or the one that the setting {@code nomos.metrics.query.url} names.
 *
 * <p>{@code NaN} is out of any bounds. Inconclusive if the query gives nothing, or there is no Prometheus.
 *
 * @param query the query, for example {@code sum(rate(consensus_processed_blocks[1m]))}
 * @param atLeast lower bound; {@code -Infinity} for none
 * @param atMost upper bound; {@code Infinity} for none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record QueryBound(String query, double atLeast, double atMost) implements Expectation {
    private static final int STEPS = 15;

    public QueryBound {
        Objects.requireNonNull(query, "query");
    }

    @Override
    public String name() {
        return "query " + query.strip().replaceAll("\\s+", " ") + " " + bounds();
    }

    private String bounds() {
        return MetricBound.of("x").atLeast(atLeast).atMost(atMost).bounds();
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (query.isBlank()) {
            problems.add("query", '"' + query + '"', "a query of PromQL", "Write one");
        }
        if (Double.isNaN(atLeast) || Double.isNaN(atMost) || atLeast > atMost) {
            problems.add("atLeast", atLeast, "no more than the upper bound of " + atMost, "Lower it or raise atMost");
        } else if (atLeast == Double.NEGATIVE_INFINITY && atMost == Double.POSITIVE_INFINITY) {
            problems.add("used without a bound", "atLeast, atMost or both", "Give one");
        }
        if (scenario.timeMode() == TimeMode.VIRTUAL) {
            problems.given(PlanTerm.TIME, PlanTerm.BACKEND)
                    .add(
                            "used in virtual time",
                            "real time, in which a Prometheus can follow",
                            "Bound the metric itself with a MetricBound, which needs none");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        List<QueriedSample> values;
        try {
            values = run.metrics().query(query);
        } catch (IllegalStateException e) {
            throw new InconclusiveException(String.valueOf(e.getMessage()));
        }
        if (values.isEmpty()) {
            throw new InconclusiveException("the query gives no value: " + query);
        }
        var wrong = new ArrayList<QueriedSample>();
        for (var sample : values) {
            if (!(sample.value() >= atLeast && sample.value() <= atMost)) {
                wrong.add(sample);
            }
        }
        if (!wrong.isEmpty()) {
            var series = series(run);
            var texts = wrong.stream()
                    .map(sample -> "  " + subject(sample) + ": " + MetricNumber.shortText(sample.value())
                            + series.getOrDefault(sample.labels(), ""))
                    .toList();
            throw new AssertionFailedError(
                    "expected each value of " + query + " to be " + bounds() + " but:\n" + Listing.of(texts));
        }
    }

    private static String subject(QueriedSample sample) {
        var labels = new TreeMap<>(sample.labels());
        var name = labels.remove("__name__");
        return name == null && labels.isEmpty()
                ? "the value"
                : new Metric(name == null ? "value" : name, labels).toString();
    }

    /** What the query gave in the course of the run, by labels, with its worst moment. */
    private Map<Map<String, String>, String> series(RunContext run) {
        var facts = new RunFacts(run);
        var now = run.clock().instant();
        var begin = now.minusNanos(
                Math.max(Duration.ofSeconds(1).toNanos(), run.clock().now().toNanos() - facts.driveStart()));
        var step = Duration.between(begin, now).dividedBy(STEPS);
        var texts = new LinkedHashMap<Map<String, String>, String>();
        List<QueriedSample> samples;
        try {
            samples = run.metrics().query(query, begin, now, step);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return texts; // what was asked for a moment may mean nothing over time
        }
        var worst = new LinkedHashMap<Map<String, String>, QueriedSample>();
        for (var sample : samples) {
            var text = MetricNumber.shortText(sample.value()) + " at " + at(run, sample);
            texts.merge(sample.labels(), text, (before, next) -> before + ", " + next);
            worst.merge(sample.labels(), sample, (one, other) -> distance(other) > distance(one) ? other : one);
        }
        texts.replaceAll((labels, text) -> {
            var most = Objects.requireNonNull(worst.get(labels));
            return "; " + MetricNumber.shortText(most.value()) + " at " + at(run, most) + " was the worst"
                    + "\n    measured: " + text;
        });
        return texts;
    }

    private double distance(QueriedSample sample) {
        return Double.isNaN(sample.value())
                ? Double.POSITIVE_INFINITY
                : Math.max(atLeast - sample.value(), sample.value() - atMost);
    }

    private static String at(RunContext run, QueriedSample sample) {
        var now = run.clock().now();
        return DurationText.ofNanos(
                now.minus(Duration.between(sample.at(), run.clock().instant())).toNanos());
    }
}
