package org.junitnomos.jupiter;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junitnomos.scenario.Problems;

/** The run that spans the methods of a class, or the knowledge that there is none. */
final class ClassRun {
    private final @Nullable TestRun run;
    private final @Nullable RuntimeException problem;

    private ClassRun(@Nullable TestRun run, @Nullable RuntimeException problem) {
        this.run = run;
        this.problem = problem;
    }

    /** Says whether a nested class says nothing itself and so belongs to the run of its enclosing class. */
    static boolean isShared(ExtensionContext context) {
        return !context.getEnclosingTestClasses().isEmpty()
                && Runs.classRun(context).isPresent()
                && !PlanReader.isAnnotated(context.getRequiredTestClass());
    }

    /** Prepares the run of a class, if one run spans its methods. */
    static ClassRun open(ExtensionContext context) {
        try {
            if (Runs.outline(context).run() != RunScope.CLASS) {
                return new ClassRun(null, null);
            }
            var plan = Runs.plan(context);
            check(context.getRequiredTestClass(), plan);
            InjectionCheck.ofClass(plan, context.getRequiredTestClass());
            return new ClassRun(RunFactory.create(plan, context), null);
        } catch (RuntimeException e) {
            return new ClassRun(null, e);
        }
    }

    /** Returns the run; empty if each method has its own. */
    Optional<TestRun> run() {
        return Optional.ofNullable(run);
    }

    /**
     * Tells what is wrong with the class.
     *
     * @throws RuntimeException what was found when the class was opened
     */
    void check() {
        if (problem != null) {
            throw problem;
        }
    }

    /** Refuses a test of a nested class that would run after the run of its enclosing class was judged. */
    static void checkNested(ExtensionContext context, TestRun run) {
        if (run.result().isPresent() && Runs.node(context).isEmpty()) {
            throw new ExtensionConfigurationException("The run of "
                    + run.phases().info().scenario().name() + " was judged before "
                    + ElementName.of(Runs.elements(context))
                    + ", because JUnit runs nested classes last. Give the nested class a @Topology or @ScenarioOptions"
                    + " of its own, or move its tests to the enclosing class.");
        }
    }

    private static void check(Class<?> type, Plan plan) {
        var problems = new Problems();
        var nodes =
                AnnotationSupport.findAnnotatedMethods(type, ExpectationNodes.class, HierarchyTraversalMode.TOP_DOWN);
        var scenario = plan.scenario();
        if (nodes.size() > 1) {
            problems.add("@ExpectationNodes", "on " + nodes.size() + " methods", "one method", "Remove the others");
        }
        if (nodes.isEmpty()
                && !(scenario.selection().expectations().isEmpty()
                        && scenario.workloads().isEmpty())) {
            problems.add(
                    "@ExpectationNodes",
                    "missing",
                    "one method that shows the expectations of the run that spans the class",
                    "Add @ExpectationNodes void expectations() {}");
        }
        for (var method :
                AnnotationSupport.findAnnotatedMethods(type, ScenarioTest.class, HierarchyTraversalMode.TOP_DOWN)) {
            problems.add(
                    "@ScenarioTest on " + ElementName.of(List.of(type, method)),
                    "in a run that spans the class",
                    "a run for each method",
                    "Use @Test, or remove run = RunScope.CLASS");
        }
        nodes.forEach(each -> MethodOrders.check(type, each, problems));
        for (var method : type.getDeclaredMethods()) {
            if (PlanReader.isAnnotated(method)) {
                problems.add(
                        "The plan of " + ElementName.of(method),
                        "refined on the method",
                        "annotations on the class only, since one run spans its methods",
                        "Move them to the class");
            }
        }
        if (!problems.texts().isEmpty()) {
            throw PlanReader.wrong("Scenario of " + ElementName.of(type), problems.texts());
        }
    }
}
