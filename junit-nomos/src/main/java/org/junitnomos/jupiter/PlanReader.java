package org.junitnomos.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitnomos.scenario.ObservabilitySpec;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.scenario.ScenarioValues;
import org.junitnomos.topology.TopologySpec;

/**
 * Turns annotations into a plan.
 *
 * <p>Elements are read from the outermost enclosing class to the method, each class with its superclasses and
 * interfaces first. Later beats earlier, attribute by attribute; workloads and expectations of the same kind replace,
 * others stay.
 */
final class PlanReader {
    private final ScenarioDraft draft = new ScenarioDraft();
    private final List<? extends AnnotatedElement> elements;

    private PlanReader(List<? extends AnnotatedElement> elements) {
        this.elements = elements;
    }

    /**
     * Reads a plan.
     *
     * @param base what the annotations refine; null for the defaults
     * @param elements classes and method, outermost first
     * @param point the point of a sweep; null outside of one
     * @return the plan, without a problem
     * @throws ExtensionConfigurationException listing all that is wrong, with the cause's own list
     */
    static Plan read(@Nullable Scenario base, List<? extends AnnotatedElement> elements, @Nullable SweepPoint point) {
        var reader = new PlanReader(elements);
        var plan = reader.plan(base, point);
        var problems = new ArrayList<>(reader.draft.problems.texts());
        problems.addAll(plan.scenario().problems(plan.terms()));
        if (!problems.isEmpty()) {
            throw wrong("Scenario of " + ElementName.of(elements), problems);
        }
        return plan;
    }

    /** Reads a plan whose problems are reported by somebody else: later by {@link #read}, or never if nothing runs. */
    static Plan outline(
            @Nullable Scenario base, List<? extends AnnotatedElement> elements, @Nullable SweepPoint point) {
        return new PlanReader(elements).plan(base, point);
    }

    /** Says whether an element, or a superclass or interface of it, says anything about a scenario. */
    static boolean isAnnotated(AnnotatedElement element) {
        return FoundAnnotation.elements(List.of(element)).stream()
                .flatMap(each -> FoundAnnotation.on(each).stream())
                .anyMatch(found -> Plan.isPartOfPlan(found.annotation()));
    }

    static ExtensionConfigurationException wrong(String what, List<String> problems) {
        var cause = new ScenarioValidationException(what, problems);
        return new ExtensionConfigurationException(String.valueOf(cause.getMessage()), cause);
    }

    private Plan plan(@Nullable Scenario base, @Nullable SweepPoint point) {
        FoundAnnotation.elements(elements).forEach(element -> draft.read(FoundAnnotation.on(element)));
        if (base != null) {
            draft.terms.followBuilder();
        }
        var start = base == null ? defaults() : base;
        var scenario = new ScenarioValues(
                        name(start, point),
                        draft.topology.on(start.topology(), point),
                        point != null && point.setsBackend()
                                ? point.backend()
                                : TopologyDraft.or(draft.backend, start.backend()),
                        TopologyDraft.set(start.time(), draft.time),
                        merge(draft.dropsWorkloads ? List.of() : start.workloads(), draft.workloads.all()),
                        merge(draft.dropsExpectations ? List.of() : start.expectations(), draft.expectations.all()),
                        TopologyDraft.or(draft.runFor, start.runWindow()),
                        TopologyDraft.set(start.cooldown(), draft.cooldown),
                        TopologyDraft.set(start.deadline(), draft.deadline),
                        observed(start))
                .unchecked();
        return new Plan(
                scenario,
                draft.terms,
                TopologyDraft.or(draft.run, RunScope.METHOD),
                TopologyDraft.or(draft.cluster, ClusterScope.RUN));
    }

    /** Who does without one does without its image. */
    private ObservabilitySpec observed(Scenario start) {
        return new ObservabilitySpec(
                TopologyDraft.or(draft.observability, start.observability()),
                Boolean.FALSE.equals(draft.observability)
                        ? draft.observabilityImage
                        : TopologyDraft.set(start.observabilityImage(), draft.observabilityImage));
    }

    /** Parts of the builder stay unless an annotation brings one of the same class. */
    private static <P> List<P> merge(List<P> base, List<P> read) {
        var merged = new ArrayList<P>();
        for (var part : base) {
            if (read.stream().noneMatch(other -> other.getClass() == part.getClass())) {
                merged.add(part);
            }
        }
        merged.addAll(read);
        return merged;
    }

    private String name(Scenario start, @Nullable SweepPoint point) {
        var given = draft.name != null ? draft.name : start.name();
        var name = given.equals(Scenario.DEFAULT_NAME) ? ElementName.of(elements) : given;
        return point == null ? name : name + " " + point.label();
    }

    private static Scenario defaults() {
        return new ScenarioValues(
                        Scenario.DEFAULT_NAME,
                        TopologySpec.of(1, 0),
                        Scenario.DEFAULT_BACKEND,
                        null,
                        List.of(),
                        List.of(),
                        Scenario.DEFAULT_RUN_WINDOW,
                        null,
                        null,
                        ObservabilitySpec.NONE)
                .unchecked();
    }
}
