package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junitnomos.scenario.Problems;

/** Leaves out, skips and selects points of a sweep; a filter that matches no point is a problem. */
final class PointFilters {
    private static final int SHOWN = 12;

    private final Class<?> type;
    private final Problems problems;

    PointFilters(Class<?> type, Problems problems) {
        this.type = type;
        this.problems = problems;
    }

    /** Leaves out and skips what the annotation says. */
    List<SweepPoint> apply(TopologySweep sweep, List<SweepPoint> points) {
        var kept = new ArrayList<>(points);
        for (var text : sweep.exclude()) {
            filter("exclude", text, points).ifPresent(filter -> kept.removeIf(filter::matches));
        }
        for (var text : sweep.skip()) {
            filter("skip", text, points)
                    .ifPresent(filter -> kept.replaceAll(point -> filter.matches(point)
                            ? point.skipped(filter.reason().isEmpty() ? "skipped by @TopologySweep" : filter.reason())
                            : point));
        }
        if (kept.isEmpty() && problems.texts().isEmpty()) {
            problems.add(place("@TopologySweep.exclude"), "every point", "at least one point left", "Exclude fewer");
        }
        return kept;
    }

    private Optional<PointFilter> filter(String attribute, String text, List<SweepPoint> points) {
        try {
            var filter = PointFilter.parse(text);
            if (!points.isEmpty() && points.stream().noneMatch(filter::matches)) {
                problems.add(
                        place("@TopologySweep." + attribute),
                        "\"" + text + "\"",
                        "a filter that matches a point",
                        "Points are " + labels(points));
            }
            return Optional.of(filter);
        } catch (IllegalArgumentException e) {
            problems.add(
                    place("@TopologySweep." + attribute),
                    "\"" + text + "\"",
                    "a filter such as \"validators=1,executors=2\"",
                    String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Keeps what the setting {@code nomos.sweep} selects. */
    List<SweepPoint> select(List<SweepPoint> points, String selection) {
        try {
            var filter = PointFilter.parse(selection);
            var selected = points.stream().filter(filter::matches).toList();
            if (selected.isEmpty()) {
                problems.add(
                        "setting nomos.sweep",
                        "'" + selection + "'",
                        "a point of " + ElementName.nameOf(type),
                        "Points are " + labels(points));
            }
            return selected;
        } catch (IllegalArgumentException e) {
            problems.add(
                    "setting nomos.sweep",
                    "'" + selection + "'",
                    "a selection such as validators=3,executors=1",
                    String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private String place(String what) {
        return what + " on " + ElementName.of(type);
    }

    private static String labels(List<SweepPoint> points) {
        var labels = points.stream().map(SweepPoint::label).toList();
        return labels.size() <= SHOWN
                ? String.join(" | ", labels)
                : String.join(" | ", labels.subList(0, SHOWN)) + " and " + (labels.size() - SHOWN) + " more";
    }
}
