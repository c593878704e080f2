package org.junitnomos.expectation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.journal.JournalEvent.PhaseEnded;
import org.junitnomos.metrics.Metric;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.metrics.RunMetrics;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.NodeSpec;

/**
 * Expects a metric to stay within bounds: made by {@link #of}, then narrowed down.
 *
 * <p>Values and rates are judged in the run window; {@link MetricMeasure#GROWTH} and {@link MetricMeasure#LAST} at the
 * end of the cooldown. A value counts for the time since the node was asked before. Where a node had no value, nothing
 * is judged, and a rate begins anew; a metric that fell is taken for one that began again at 0 with a new life of its
 * node. {@code NaN} is out of any bounds. Inconclusive if a node that is judged told no such metric, or not often
 * enough, and no other one is out of bounds.
 *
 * @param metric name, perhaps with labels; each metric of a node that matches is judged by itself
 * @param node name of the node; empty for each node
 * @param summed whether all that match are added up, of all nodes that are judged, and their sum is judged
 * @param measure what of it is bounded
 * @param percentile of {@link MetricMeasure#PERCENTILE}, the share of time in percent; more than 0, at most 100; else 0
 * @param over length of the spans of a rate or of a percentile; null for one of the whole run window
 * @param atLeast lower bound, in the unit of the metric, for a rate by the second; {@code -Infinity} for none
 * @param atMost upper bound; {@code Infinity} for none
 * @param breach share of the measured time for which it may be out of bounds; 0 or more, less than 1
 * @param continuous whether the run ends at once when this can hold no more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MetricBound(
        String metric,
        String node,
        boolean summed,
        MetricMeasure measure,
        double percentile,
        @Nullable Duration over,
        double atLeast,
        double atMost,
        double breach,
        boolean continuous)
        implements Expectation {
    private static final double MEBI = 1 << 20;

    public MetricBound {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(measure, "measure");
    }

    /**
     * Bounds the value of a metric on each node; add {@link #atMost(double)} or {@link #atLeast(double)}.
     *
     * @param metric name, perhaps with labels, for example {@code nomos_client_errors{route="/cryptarchia/info"}}
     * @return without a bound yet
     */
    public static MetricBound of(String metric) {
        return new MetricBound(
                metric,
                "",
                false,
                MetricMeasure.VALUE,
                0,
                null,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                0,
                false);
    }

    /**
     * Sets the upper bound.
     *
     * @param bound the largest value
     * @return with that bound
     */
    public MetricBound atMost(double bound) {
        return new MetricBound(metric, node, summed, measure, percentile, over, atLeast, bound, breach, continuous);
    }

    /**
     * Sets the lower bound.
     *
     * @param bound the smallest value
     * @return with that bound
     */
    public MetricBound atLeast(double bound) {
        return new MetricBound(metric, node, summed, measure, percentile, over, bound, atMost, breach, continuous);
    }

    /**
     * Judges one node only.
     *
     * @param name name of the node
     * @return for that node
     */
    public MetricBound on(String name) {
        return new MetricBound(metric, name, summed, measure, percentile, over, atLeast, atMost, breach, continuous);
    }

    /**
     * Judges the sum of all that match, of all nodes that are judged; those without a value add nothing.
     *
     * @return for the sum
     */
    public MetricBound sum() {
        return new MetricBound(metric, node, true, measure, percentile, over, atLeast, atMost, breach, continuous);
    }

    /**
     * Judges something else than the value.
     *
     * @param what what
     * @return for that
     */
    public MetricBound measured(MetricMeasure what) {
        return new MetricBound(metric, node, summed, what, percentile, over, atLeast, atMost, breach, continuous);
    }

    /**
     * Judges the rate over every span of a length.
     *
     * @param span the length; more than 0, at most the run window
     * @return for that
     */
    public MetricBound rateOver(Duration span) {
        return new MetricBound(metric, node, summed, MetricMeasure.RATE, 0, span, atLeast, atMost, breach, continuous);
    }

    /**
     * Judges what the value does not exceed for a share of the measured time: the smallest of the measured values for
     * which that holds.
     *
     * @param percent the share; more than 0, at most 100
     * @return for the run window; add {@link #inEvery} for spans of it
     */
    public MetricBound percentile(double percent) {
        return new MetricBound(
                metric, node, summed, MetricMeasure.PERCENTILE, percent, over, atLeast, atMost, breach, continuous);
    }

    /**
     * Judges a rate or a percentile over every span of a length.
     *
     * @param span the length; more than 0, at most the run window
     * @return for that
     */
    public MetricBound inEvery(Duration span) {
        return new MetricBound(metric, node, summed, measure, percentile, span, atLeast, atMost, breach, continuous);
    }

    /**
     * Allows it to be out of bounds for a share of the measured time.
     *
     * @param share 0 or more, less than 1
     * @return with that share
     */
    public MetricBound exceptFor(double share) {
        return new MetricBound(metric, node, summed, measure, percentile, over, atLeast, atMost, share, continuous);
    }

    /**
     * Ends the run at once when this can hold no more.
     *
     * @return judged while the run is driven
     */
    public MetricBound continuously() {
        return new MetricBound(metric, node, summed, measure, percentile, over, atLeast, atMost, breach, true);
    }

    @Override
    public String name() {
        var name = new StringBuilder("metric ").append(metric).append(' ');
        if (measure != MetricMeasure.VALUE) {
            name.append(what()).append(' ');
        }
        name.append(bounds());
        if (breach > 0) {
            name.append(" but for ").append(percent(breach));
        }
        if (summed) {
            name.append(" in sum");
        }
        return (node.isEmpty() ? name : name.append(" on ").append(node)).toString();
    }

    /** What is measured: {@code "rate over 1 min"}. */
    String what() {
        var label = measure == MetricMeasure.PERCENTILE
                ? MetricNumber.shortText(percentile) + "th percentile"
                : measure.label();
        return label + (over == null ? "" : " over " + DurationText.format(over));
    }

    /** The bounds: {@code "from 1 to 5"}, {@code "at most 5"}. */
    String bounds() {
        return bounds(MetricNumber::shortText);
    }

    String bounds(DoubleFunction<String> text) {
        if (atLeast == Double.NEGATIVE_INFINITY) {
            return "at most " + text.apply(atMost);
        }
        return atMost == Double.POSITIVE_INFINITY
                ? "at least " + text.apply(atLeast)
                : "from " + text.apply(atLeast) + " to " + text.apply(atMost);
    }

    /** Writes a value of this metric; of many bytes, whose number nobody reads, also how much it is. */
    String text(double value) {
        var name = Metric.parse(metric).name();
        if (measure == MetricMeasure.RATE && name.endsWith("_cpu_seconds")) {
            return MetricNumber.shortText(value) + " processors"; // seconds of them in each second
        }
        boolean bytes = name.endsWith("_bytes");
        return MetricNumber.shortText(value)
                + (bytes && Math.abs(value) >= MEBI ? String.format(Locale.ROOT, " (%.1f MiB)", value / MEBI) : "");
    }

    static String percent(double share) {
        return MetricNumber.shortText(100 * share) + " %";
    }

    boolean isWithin(double value) {
        return value >= atLeast && value <= atMost;
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        try {
            Metric.parse(metric);
        } catch (IllegalArgumentException e) {
            problems.add(
                    "metric",
                    '"' + metric + '"',
                    "a name, perhaps with labels, such as requests{route=\"/x\"}: " + e.getMessage(),
                    "Write it as the node tells it");
        }
        var names = scenario.topology().nodes().stream().map(NodeSpec::name).toList();
        if (!node.isEmpty() && !names.contains(node) && !node.equals(RunMetrics.TEST_JVM)) {
            problems.given(PlanTerm.VALIDATORS, PlanTerm.EXECUTORS, PlanTerm.TOPOLOGY)
                    .add("node", '"' + node + '"', "one of " + names, "Name one of them, or none for each");
        }
        if (Double.isNaN(atLeast) || Double.isNaN(atMost)) {
            problems.add(Double.isNaN(atLeast) ? "atLeast" : "atMost", "NaN", "a number", "Give one");
        } else if (atLeast > atMost) {
            problems.add(
                    "atLeast",
                    MetricNumber.shortText(atLeast),
                    "no more than the upper bound of " + MetricNumber.shortText(atMost),
                    "Lower it or raise atMost");
        } else if (atLeast == Double.NEGATIVE_INFINITY && atMost == Double.POSITIVE_INFINITY) {
            problems.add("used without a bound", "atLeast, atMost or both", "Give one");
        }
        if (!(breach >= 0 && breach < 1)) {
            problems.add("breach", breach, "0 or more and less than 1", "Change the number");
        } else if (breach > 0 && isJudgedOnce()) {
            problems.add(
                    "breach",
                    MetricNumber.shortText(breach),
                    "0, because the " + what() + " is judged once",
                    "Remove it, or bound the value");
        }
        validatePercentile(problems);
        validateSpan(scenario, problems);
        if (continuous && isJudgedOnce()) {
            problems.add(
                    "continuous",
                    true,
                    "false, because the " + what() + (isOfTheEnd() ? "" : " of the whole run") + " is known at its end",
                    "Remove it, or bound the value or a rate over spans");
        }
    }

    private void validatePercentile(Problems problems) {
        boolean wanted = measure == MetricMeasure.PERCENTILE;
        if (wanted && !(percentile > 0 && percentile <= 100)) {
            problems.add("percentile", MetricNumber.shortText(percentile), "more than 0 and at most 100", "Give one");
        } else if (!wanted && percentile != 0) {
            problems.add(
                    "percentile",
                    MetricNumber.shortText(percentile),
                    "0, because the " + measure.label() + " has none",
                    "Remove it, or measure the percentile");
        }
    }

    /** Whether nothing is judged before the end. */
    boolean isJudgedOnce() {
        return isOfTheEnd() || measure != MetricMeasure.VALUE && over == null;
    }

    private boolean isOfTheEnd() {
        return measure == MetricMeasure.LAST || measure == MetricMeasure.GROWTH;
    }

    private void validateSpan(Scenario scenario, Problems problems) {
        if (over == null) {
            return;
        }
        var text = DurationText.format(over);
        if (measure != MetricMeasure.RATE && measure != MetricMeasure.PERCENTILE) {
            problems.add("over", text, "nothing, because the " + measure.label() + " has no span", "Remove it");
        } else if (over.isNegative() || over.isZero()) {
            problems.add("over", text, "more than 0", "Give a longer time");
        } else if (over.compareTo(scenario.runWindow()) > 0) {
            problems.given(PlanTerm.RUN_WINDOW)
                    .add(
                            "over",
                            text,
                            "at most the run window of " + DurationText.format(scenario.runWindow()),
                            "Lower it or run longer");
        }
    }

    @Override
    public Map<String, String> capture(RunContext run) {
        var baseline = new LinkedHashMap<String, String>();
        for (var series : run.metrics().series(metric)) {
            if (node.isEmpty() || series.node().equals(node)) {
                series.last()
                        .ifPresent(
                                value -> baseline.put(series.node() + " " + series.metric(), MetricNumber.text(value)));
            }
        }
        return baseline;
    }

    @Override
    public Watcher watch(RunContext run) {
        if (!continuous) {
            return event -> {};
        }
        var judge = new MetricJudge(this, run.scenario().runWindow());
        return event -> {
            if (event instanceof MetricsSampled || event instanceof PhaseEnded) {
                judge.watch(event);
            }
        };
    }

    @Override
    public void evaluate(RunContext run) {
        var judge = new MetricJudge(this, run.scenario().runWindow());
        run.journal().events().forEach(judge::accept);
        judge.judge();
    }
}
