package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;

/**
 * One node of a {@link ScenarioTest} or of {@link ExpectationNodes}: the run itself, or one of its expectations.
 *
 * @param expectation index of the expectation; {@link #RUN} for the run itself,
 *     {@link #AGAIN} for a second one, whose journal is to be the same; {@link #SELF_CHECK} for what its plan
 *     would miss
 */
record TestNode(int expectation) {
    static final int RUN = -1;
    static final int AGAIN = -2;
    static final int SELF_CHECK = -3;

    boolean isAgain() {
        return expectation == AGAIN;
    }

    boolean isSelfCheck() {
        return expectation == SELF_CHECK;
    }

    boolean isRun() {
        return expectation == RUN;
    }

    static boolean isSupported(ExtensionContext context) {
        var method = context.getRequiredTestMethod();
        return AnnotationSupport.isAnnotated(method, ScenarioTest.class)
                || AnnotationSupport.isAnnotated(method, ExpectationNodes.class);
    }

    /** Refuses a test of such a method that somebody else made: the run of the method has no place for it. */
    static void requireOwn(ExtensionContext context) {
        if (isSupported(context) && Runs.node(context).isEmpty()) {
            throw new ExtensionConfigurationException(ElementName.of(Runs.elements(context))
                    + " is run by something else as well as by its @ScenarioTest or @ExpectationNodes, expected nothing"
                    + " else: there is one run for the method. Remove @Test, @ParameterizedTest, @RepeatedTest or"
                    + " whatever it is; or keep that and remove ours, then each invocation has a run of its own and"
                    + " fails over its expectations.");
        }
    }

    /** Lists the nodes of a method; the run is made here, before any test instance is, so that all nodes share it. */
    static Stream<TestTemplateInvocationContext> provide(ExtensionContext context) {
        Runs.classRunEntry(context).ifPresent(ClassRun::check);
        if (AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), ExpectationNodes.class)
                && Runs.classRun(context).isEmpty()) {
            throw new ExtensionConfigurationException("@ExpectationNodes on "
                    + ElementName.of(Runs.elements(context))
                    + " has no run to judge: every test method has its own. Add"
                    + " @ScenarioOptions(run = RunScope.CLASS) to the class, or use @ScenarioTest.");
        }
        var run = Runs.run(context);
        var info = run.phases().info();
        var point = Runs.point(context).map(each -> " [" + each.label() + "]").orElse("");
        var nodes = new ArrayList<TestTemplateInvocationContext>();
        nodes.add(invocation("run " + describe(info) + point, new TestNode(RUN)));
        var expectations = info.scenario().selection().expectations();
        for (int i = 0; i < expectations.size(); i++) {
            nodes.add(invocation("expect " + expectations.get(i).name() + point, new TestNode(i)));
        }
        if (TwoJournals.areWanted(context, run)) {
            nodes.add(again(point, run));
        }
        if (SelfChecks.areWanted(context)) {
            nodes.add(invocation("self-check" + point, new TestNode(SELF_CHECK)));
        }
        return nodes.stream();
    }

    /** Describes a run: {@code 10 min on 3 validators, 1 executor, embedded}. */
    static String describe(RunInfo info) {
        var topology = info.scenario().topology();
        var parts = new ArrayList<String>();
        parts.add(CountText.of(topology.validators(), "validator"));
        if (topology.executors() > 0) {
            parts.add(CountText.of(topology.executors(), "executor"));
        }
        parts.add(info.scenario().backend());
        return DurationText.format(info.scenario().runWindow()) + " on " + String.join(", ", parts);
    }

    private static TestTemplateInvocationContext again(String point, TestRun first) {
        return new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int index) {
                return "run again with the same seed" + point;
            }

            @Override
            public void prepareInvocation(ExtensionContext context) {
                Runs.setNode(context, new TestNode(AGAIN));
                Runs.again(context, first);
            }
        };
    }

    private static TestTemplateInvocationContext invocation(String name, TestNode node) {
        return new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int index) {
                return name;
            }

            @Override
            public void prepareInvocation(ExtensionContext context) {
                Runs.setNode(context, node);
            }
        };
    }
}
