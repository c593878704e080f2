package org.junitnomos.jupiter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.TimeMode;

/** Collects what annotations say about a scenario, element by element; what is null was not said. */
final class ScenarioDraft {
    final Problems problems = new Problems();
    final AnnotationTerms terms = new AnnotationTerms();
    final TopologyDraft topology = new TopologyDraft(problems, terms);
    final PartCollector<WorkloadGenerator> workloads = new PartCollector<>(WorkloadGenerator.class, problems, terms);
    final PartCollector<Expectation> expectations = new PartCollector<>(Expectation.class, problems, terms);
    boolean dropsWorkloads;
    boolean dropsExpectations;

    @Nullable
    String name;

    @Nullable
    String backend;

    @Nullable
    TimeMode time;

    @Nullable
    Duration runFor;

    @Nullable
    Duration cooldown;

    @Nullable
    Duration deadline;

    @Nullable
    Boolean observability;

    @Nullable
    String observabilityImage;

    @Nullable
    RunScope run;

    @Nullable
    ClusterScope cluster;

    private final AttributeReader checked = new AttributeReader(problems, terms);

    /** Takes over what one element says. */
    void read(List<FoundAnnotation> element) {
        clearDropped(element);
        var generators = new ArrayList<PartCollector.Named<WorkloadGenerator>>();
        var expected = new ArrayList<PartCollector.Named<Expectation>>();
        for (var found : FoundAnnotation.deepestFirst(element)) {
            topology.read(found);
            settings(found);
        }
        for (var found : element) {
            if (found.annotation() instanceof Workload workload) {
                generators.add(PartCollector.Named.of(found, workload));
            } else if (found.annotation() instanceof Expect expect) {
                expected.add(PartCollector.Named.of(found, expect));
            }
            refuseUnknownAttributes(found);
        }
        topology.readSkews(FoundAnnotation.deepestFirst(element));
        workloads.add(generators);
        expectations.add(expected);
    }

    /** Refuses attributes of a composed annotation that no part which it carries takes. */
    private void refuseUnknownAttributes(FoundAnnotation composed) {
        var annotation = composed.annotation();
        var parts = new ArrayList<PartCollector.Named<?>>();
        for (var found : FoundAnnotation.on(annotation.annotationType())) {
            if (found.depth() == 0 && found.annotation() instanceof Workload workload) {
                parts.add(PartCollector.Named.of(found, workload));
            } else if (found.depth() == 0 && found.annotation() instanceof Expect expect) {
                parts.add(PartCollector.Named.of(found, expect));
            }
        }
        if (!parts.isEmpty() && parts.stream().allMatch(part -> part.isMatchedByName(annotation))) {
            RecordReader.refuseUnknown(
                    composed,
                    parts.stream().<Class<?>>map(PartCollector.Named::value).toList(),
                    problems);
        }
    }

    private void clearDropped(List<FoundAnnotation> element) {
        if (element.stream().anyMatch(found -> found.annotation() instanceof NoWorkloads)) {
            workloads.clear();
            dropsWorkloads = true;
        }
        if (element.stream().anyMatch(found -> found.annotation() instanceof NoExpectations)) {
            expectations.clear();
            dropsExpectations = true;
        }
    }

    private void settings(FoundAnnotation found) {
        if (found.annotation() instanceof Topology annotation) {
            backend = TopologyDraft.set(backend, checked.text(found, "backend", annotation.backend()));
            cluster = annotation.scope() == ClusterScope.INHERIT ? cluster : annotation.scope();
        } else if (found.annotation() instanceof RunFor annotation) {
            runFor = TopologyDraft.set(runFor, checked.positive(found, "value", annotation.value()));
            cooldown = TopologyDraft.set(cooldown, checked.duration(found, "cooldown", annotation.cooldown()));
            deadline = TopologyDraft.set(deadline, checked.positive(found, "deadline", annotation.deadline()));
        } else if (found.annotation() instanceof Observability annotation) {
            observability = annotation.value();
            var image = checked.text(found, "image", annotation.image());
            observabilityImage = image == null && annotation.value() ? observabilityImage : image;
        } else if (found.annotation() instanceof ScenarioOptions annotation) {
            name = TopologyDraft.set(name, checked.text(found, "name", annotation.name()));
            run = annotation.run() == RunScope.INHERIT ? run : annotation.run();
            time = TopologyDraft.set(time, checked.atMostOne(found, "time", annotation.time()));
        }
    }
}
