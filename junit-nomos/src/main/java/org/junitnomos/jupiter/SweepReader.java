package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junitnomos.scenario.Problems;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;

/** Turns a {@link TopologySweep} into its points. */
final class SweepReader {
    private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,6})\\s*\\.\\.\\s*(\\d{1,6})\\s*");

    private final Class<?> type;
    private final TopologySweep sweep;
    private final TopologySpec base;
    private final List<String> backends;
    private final List<String> swept = new ArrayList<>();
    private final Problems problems;

    private SweepReader(
            Class<?> type, TopologySweep sweep, TopologySpec base, List<String> backends, Problems problems) {
        this.type = type;
        this.sweep = sweep;
        this.base = base;
        this.backends = backends;
        this.problems = problems;
    }

    /**
     * Lists the points of a class.
     *
     * @param type the test class
     * @param sweep its annotation
     * @param plan the plan of the class without the sweep
     * @param backend the setting {@code nomos.backend}
     * @param selection the setting {@code nomos.sweep}
     * @param problems takes what is wrong
     * @return the points to show, in order
     */
    static List<SweepPoint> read(
            Class<?> type,
            TopologySweep sweep,
            Plan plan,
            Optional<String> backend,
            Optional<String> selection,
            Problems problems) {
        var scenario = plan.scenario();
        var backends = sweep.backends().length == 0 || backend.isPresent()
                ? List.of(backend.orElse(scenario.backend()))
                : List.of(sweep.backends());
        var reader = new SweepReader(type, sweep, scenario.topology(), backends, problems);
        var filters = new PointFilters(type, problems);
        var points = filters.apply(sweep, reader.points());
        return selection.isPresent() ? filters.select(points, selection.get()) : points;
    }

    private List<SweepPoint> points() {
        if (sweep.backends().length > 0) {
            swept.add(SweepPoint.BACKEND);
        }
        var provided = !sweep.provider().isEmpty();
        var topologies = provided ? provided() : grid();
        var points = new ArrayList<SweepPoint>();
        for (var topology : topologies) {
            for (var backend : backends) {
                points.add(new SweepPoint(points.size() + 1, topology, backend, swept, provided, null));
            }
        }
        return points;
    }

    private List<TopologySpec> grid() {
        var validators = axis(SweepPoint.VALIDATORS, sweep.validators(), sweep.validatorRange(), base.validators(), 1);
        var executors = axis(SweepPoint.EXECUTORS, sweep.executors(), sweep.executorRange(), base.executors(), 0);
        var layouts = sweep.layouts().length == 0 ? List.of(base.layout()) : List.of(sweep.layouts());
        if (sweep.layouts().length > 0) {
            swept.add(SweepPoint.LAYOUT);
        }
        var topologies = new ArrayList<TopologySpec>();
        for (int validator : validators) {
            for (int executor : executors) {
                for (NetworkLayout layout : layouts) {
                    topologies.add(new TopologySpec(
                            validator,
                            executor,
                            layout,
                            base.consensus(),
                            base.wallets(),
                            base.links(),
                            base.clockSkews(),
                            base.stake(),
                            base.overlay(),
                            base.urls()));
                }
            }
        }
        if (swept.isEmpty()) {
            problems.add(place("@TopologySweep"), "empty", "at least one list", "Set validators, executors or layouts");
        }
        return topologies;
    }

    private List<Integer> axis(String key, int[] values, String range, int own, int least) {
        var attribute = key.equals(SweepPoint.VALIDATORS) ? "validatorRange" : "executorRange";
        if (values.length == 0 && range.isEmpty()) {
            return List.of(own);
        }
        swept.add(key);
        if (values.length > 0 && !range.isEmpty()) {
            problems.add(
                    place("@TopologySweep." + attribute),
                    "\"" + range + "\"",
                    "nothing beside " + key,
                    "Keep one of them");
        }
        var numbers = values.length > 0 ? Arrays.stream(values).boxed().toList() : range(attribute, range);
        for (int number : numbers) {
            if (number < least) {
                problems.add(place("@TopologySweep." + key), number, least + " or more", "Change the number");
            }
        }
        if (numbers.stream().distinct().count() < numbers.size()) {
            problems.add(place("@TopologySweep." + key), numbers, "each number once", "Remove the repeated ones");
        }
        return numbers;
    }

    private List<Integer> range(String attribute, String text) {
        var matcher = RANGE.matcher(text);
        if (matcher.matches()) {
            int from = Integer.parseInt(matcher.group(1));
            int to = Integer.parseInt(matcher.group(2));
            if (from <= to) {
                return IntStream.rangeClosed(from, to).boxed().toList();
            }
        }
        problems.add(
                place("@TopologySweep." + attribute),
                "\"" + text + "\"",
                "a range such as \"1..5\", the smaller number first",
                "Both ends count");
        return List.of();
    }

    private List<TopologySpec> provided() {
        Collections.addAll(swept, SweepPoint.POINT, SweepPoint.VALIDATORS, SweepPoint.EXECUTORS);
        if (sweep.validators().length + sweep.executors().length + sweep.layouts().length > 0
                || !(sweep.validatorRange() + sweep.executorRange()).isEmpty()) {
            problems.add(
                    place("@TopologySweep.provider"),
                    "\"" + sweep.provider() + "\"",
                    "nothing beside it but backends",
                    "Remove the lists, or the provider");
        }
        return TopologyProvider.call(type, sweep.provider(), place("@TopologySweep.provider"), problems);
    }

    private String place(String what) {
        return what + " on " + ElementName.of(type);
    }
}
