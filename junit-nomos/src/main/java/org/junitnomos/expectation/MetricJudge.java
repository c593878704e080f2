package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.journal.JournalEvent.PhaseEnded;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.metrics.Metric;
import org.junitnomos.metrics.RunMetrics;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.settings.Misspelling;
import org.junitnomos.time.VisibleText;
import org.opentest4j.AssertionFailedError;

/** Judges a bound by the events of a run, which it takes in their order: as they happen, or all at the end. */
final class MetricJudge {
    private static final String SUM = "the sum";

    private final MetricBound bound;
    private final Metric wanted;
    private final long window;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, MetricTrack> tracks = new LinkedHashMap<>();
    private final List<Node> round = new ArrayList<>();
    private boolean driven;

    MetricJudge(MetricBound bound, Duration window) {
        this.bound = bound;
        this.wanted = Metric.parse(bound.metric());
        this.window = window.toNanos();
    }

    /** A node, and those of its metrics that match. */
    private static final class Node {
        final String name;
        final Map<String, MetricMeter> meters = new TreeMap<>();
        final Set<String> told = new TreeSet<>();
        long at;
        long span;

        @Nullable
        String problem;

        Node(String name, long at) {
            this.name = name;
            this.at = at;
        }
    }

    void accept(JournalEvent event) {
        if (event instanceof PhaseEnded ended && ended.phase() == RunPhase.DRIVE) {
            endRound();
            driven = true;
        } else if (event instanceof MetricsSampled sampled && isJudged(sampled.node()) && !(driven && isOfTheDrive())) {
            take(sampled);
        }
    }

    /** The test JVM is no node: only who names it wants it. */
    private boolean isJudged(String node) {
        return bound.node().isEmpty()
                ? !node.equals(RunMetrics.TEST_JVM)
                : bound.node().equals(node);
    }

    private boolean isOfTheDrive() {
        return switch (bound.measure()) {
            case VALUE, RATE, PERCENTILE -> true;
            case GROWTH, LAST -> false;
        };
    }

    private void take(MetricsSampled event) {
        var node = nodes.computeIfAbsent(event.node(), name -> new Node(name, event.at()));
        if (!round.isEmpty() && (round.get(0).at != event.at() || round.contains(node))) {
            endRound();
        }
        node.span = event.at() - node.at;
        node.at = event.at();
        node.problem = event.problem();
        node.told.addAll(event.values().keySet());
        for (var metric : event.values().keySet()) {
            if (!node.meters.containsKey(metric) && wanted.matches(Metric.parse(metric))) {
                node.meters.put(metric, new MetricMeter(bound, metric));
            }
        }
        node.meters.values().forEach(meter -> meter.accept(event));
        round.add(node);
        if (!bound.summed()) {
            endRound();
        }
    }

    /** All nodes that are asked at one time were: their sum, or each, is what it was then. */
    private void endRound() {
        if (bound.summed()) {
            if (!round.isEmpty()) {
                long span = round.stream().mapToLong(node -> node.span).max().orElse(0);
                var value = sum(round, MetricMeter::value);
                record(track(SUM), round.get(0).at, span, value, sum(round, MetricMeter::judged));
            }
        } else {
            for (var node : round) {
                node.meters.forEach((metric, meter) ->
                        record(track(subject(node, metric)), node.at, node.span, meter.value(), meter.judged()));
            }
        }
        round.clear();
    }

    private void record(MetricTrack track, long at, long span, OptionalDouble value, OptionalDouble judged) {
        if (bound.measure() == MetricMeasure.PERCENTILE) {
            value.ifPresent(number -> track.weigh(at, number, span));
        } else if (judged.isPresent()) {
            track.judge(at, judged.getAsDouble(), span);
        } else if (value.isPresent() && bound.isJudgedOnce()) {
            track.see(at, value.getAsDouble());
        }
    }

    private static OptionalDouble sum(Collection<Node> nodes, Function<MetricMeter, OptionalDouble> of) {
        var found = nodes.stream()
                .flatMap(node -> node.meters.values().stream())
                .map(of)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        double sum = 0;
        for (double each : found) {
            sum += each; // in order: DoubleStream.sum() may differ between JDKs
        }
        return found.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private MetricTrack track(String subject) {
        return tracks.computeIfAbsent(subject, name -> new MetricTrack(bound));
    }

    private String subject(Node node, String metric) {
        return VisibleText.ofLine(metric.equals(bound.metric()) ? node.name : node.name + " " + metric);
    }

    /** Takes an event, and fails if it can hold no more, whatever comes. */
    void watch(JournalEvent event) {
        accept(event);
        fail(track -> track.isLost(window));
    }

    private void fail(Predicate<MetricTrack> broken) {
        var texts = new ArrayList<String>();
        tracks.forEach((subject, track) -> {
            if (broken.test(track)) {
                texts.add(track.text(subject));
            }
        });
        if (!texts.isEmpty()) {
            throw new AssertionFailedError("expected the " + bound.what() + " of " + bound.metric() + " to be "
                    + bound.bounds(bound::text)
                    + (bound.breach() == 0 ? "" : " but for " + MetricBound.percent(bound.breach()) + " of the time")
                    + " but:\n" + Listing.of(texts));
        }
    }

    /** Judges all that was taken. */
    void judge() {
        endRound();
        conclude();
        fail(MetricTrack::isBroken);
        var unmeasured = unmeasured();
        if (!unmeasured.isEmpty()) {
            throw new InconclusiveException(
                    "the " + bound.what() + " of " + bound.metric() + " was not measured:\n" + Listing.of(unmeasured));
        }
    }

    private void conclude() {
        var present = nodes.values().stream().filter(this::isThere).toList();
        long at = present.stream().mapToLong(node -> node.at).max().orElse(0);
        if (bound.measure() == MetricMeasure.PERCENTILE) {
            tracks.values().forEach(MetricTrack::concludeWeighed);
        } else if (bound.summed()) {
            sum(present, MetricMeter::conclusion).ifPresent(sum -> track(SUM).conclude(at, sum));
        } else {
            for (var node : present) {
                node.meters.forEach((metric, meter) -> meter.conclusion()
                        .ifPresent(value -> track(subject(node, metric)).conclude(node.at, value)));
            }
        }
    }

    /** Whether a node was asked with the others last; one that left the cluster was not. */
    private boolean isThere(Node node) {
        long last = nodes.values().stream().mapToLong(each -> each.at).max().orElse(0);
        return isOfTheDrive() || node.at == last;
    }

    private List<String> unmeasured() {
        if (nodes.isEmpty()) {
            return List.of("  " + (bound.node().isEmpty() ? "no node was" : bound.node() + " was not") + " asked");
        }
        var texts = new ArrayList<String>();
        boolean summed = bound.summed();
        for (var node : nodes.values()) {
            boolean empty = summed
                    ? track(SUM).isEmpty()
                    : node.meters.keySet().stream()
                            .allMatch(metric -> track(subject(node, metric)).isEmpty());
            if (empty && isThere(node)) {
                texts.add("  " + node.name + ": " + reason(node));
            }
        }
        return texts;
    }

    private String reason(Node node) {
        if (node.problem != null) {
            return node.problem;
        }
        return node.meters.isEmpty()
                ? "it tells no such metric"
                        + nearest(node).map(text -> "; " + text).orElse("")
                : "it was not asked often enough";
    }

    /** What was probably meant: the name with other labels, or a name that is spelled nearly so. */
    private Optional<String> nearest(Node node) {
        var names = new LinkedHashMap<String, String>();
        node.told.forEach(metric -> names.putIfAbsent(Metric.parse(metric).name(), metric));
        var same = names.get(wanted.name());
        return same == null
                ? Misspelling.nearest(wanted.name(), names.keySet()).map(name -> "did you mean " + name + "?")
                : Optional.of("it has other labels, as in " + VisibleText.ofLine(same));
    }
}
