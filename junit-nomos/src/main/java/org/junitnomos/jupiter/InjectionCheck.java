package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeSpec;

/** Finds what fields and parameters ask for in vain, before anything is deployed for them. */
final class InjectionCheck {
    private static final List<Class<? extends Annotation>> OF_EACH = List.of(BeforeEach.class, AfterEach.class);
    private static final List<Class<? extends Annotation>> OF_ALL = List.of(BeforeAll.class, AfterAll.class);

    private final Problems problems = new Problems();
    private final List<NodeSpec> nodes;

    /** Whether one run spans a class: what a method adds to its cluster is there for others. */
    private final boolean mayGrow;

    /** Whether nodes of this plan are to be reached by other HTTP clients. */
    private final boolean listens;

    private InjectionCheck(Plan plan) {
        var scenario = plan.scenario();
        this.nodes = scenario.topology().nodes();
        this.listens = scenario.topology().urls() || !scenario.backend().equals(Scenario.DEFAULT_BACKEND);
        this.mayGrow = plan.run() == RunScope.CLASS;
    }

    /**
     * Checks a test method, and the instances around it: before its own run is made, or before it joins one that spans
     * a class, of which only the class itself is known.
     *
     * @param types the enclosing classes, outermost first, and the class itself
     */
    static void ofMethod(Plan plan, List<Class<?>> types, Method method) {
        var check = new InjectionCheck(plan);
        var last = types.get(types.size() - 1);
        for (var type : types) {
            check.callbacks(type, OF_EACH);
            for (var field : Injection.injected(type)) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    check.field(field);
                } else if (type == last && !check.mayGrow) {
                    check.refuseStatic(field);
                }
            }
        }
        check.constructor(last);
        check.parameters(method);
        check.tell((check.mayGrow ? "Test " : "Scenario of ") + ElementName.of(List.of(last, method)));
    }

    /** Checks what is around the methods of a class that share a run. */
    static void ofClass(Plan plan, Class<?> type) {
        var check = new InjectionCheck(plan);
        Injection.injected(type).forEach(check::field);
        check.constructor(type);
        check.callbacks(type, OF_ALL);
        check.callbacks(type, OF_EACH);
        check.tell("Scenario of " + ElementName.of(type));
    }

    private void tell(String what) {
        if (!problems.texts().isEmpty()) {
            throw PlanReader.wrong(what, problems.texts());
        }
    }

    private void field(Field field) {
        var point = InjectionPoint.of(field);
        if (Modifier.isFinal(field.getModifiers())) {
            problems.add(
                    point.place(),
                    "final",
                    "a field that can be set",
                    "Remove the final, or take a constructor parameter");
        }
        point(point);
    }

    private void point(InjectionPoint point) {
        point.check(nodes, mayGrow, problems);
        if (point.type() == URI.class && !listens) {
            problems.add(
                    point.place(),
                    "a URL of nodes that listen on no port",
                    "nodes on ports of the loopback, or those of another backend",
                    "Set @Topology(urls = true), or urls(true) in code, which runs in real time; or take a NodeClient");
        }
    }

    private void refuseStatic(Field field) {
        problems.add(
                "field " + ElementName.of(field),
                "static",
                "a field of the instance, since every test method has a run of its own",
                "Remove the static, or let one run span the class with @ScenarioOptions(run = RunScope.CLASS)");
    }

    /** That of an inner class is left to its call: there the JDK gives the annotations to the wrong parameters. */
    private void constructor(Class<?> type) {
        var constructors = type.getDeclaredConstructors();
        boolean isInner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        if (constructors.length == 1 && !isInner) {
            parameters(constructors[0]);
        }
    }

    private void callbacks(Class<?> type, List<Class<? extends Annotation>> kinds) {
        for (var kind : kinds) {
            AnnotationSupport.findAnnotatedMethods(type, kind, HierarchyTraversalMode.TOP_DOWN)
                    .forEach(this::parameters);
        }
    }

    /** What has no {@link FromNode} and no type of ours is left to other extensions. */
    private void parameters(Executable executable) {
        for (var parameter : executable.getParameters()) {
            AnnotationSupport.findAnnotation(parameter, FromNode.class)
                    .ifPresent(from -> point(InjectionPoint.of(parameter, from)));
        }
    }
}
