package org.junitnomos.jupiter;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.support.ParameterInfo;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitnomos.scenario.Problems;
import org.junitnomos.topology.TopologySpec;

/** Runs a test class once for each point of its {@link TopologySweep}. */
final class Sweeps {
    private Sweeps() {}

    /** Says whether a context stands around all invocations of a class, so that it has no cluster of its own. */
    static boolean isAround(ExtensionContext context) {
        var id = context.getUniqueId();
        var segment = id.substring(id.lastIndexOf("/[") + 1);
        return segment.startsWith("[class-template:") || segment.startsWith("[nested-class-template:");
    }

    static boolean isSupported(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestClass(), TopologySweep.class);
    }

    static Stream<ClassTemplateInvocationContext> provide(ExtensionContext context) {
        var type = context.getRequiredTestClass();
        var sweep = AnnotationSupport.findAnnotation(type, TopologySweep.class).orElseThrow();
        if (isParameterized(type)) {
            throw new ExtensionConfigurationException("@TopologySweep on " + ElementName.of(type)
                    + " stands beside @ParameterizedClass, expected one of them: JUnit would not combine them, but run"
                    + " the points of both. Use the provider of @TopologySweep.");
        }
        var settings = Environment.settings(context);
        var problems = new Problems();
        var points = SweepReader.read(
                type,
                sweep,
                Runs.outline(context),
                Optional.ofNullable(settings.backend()),
                Optional.ofNullable(settings.sweep()),
                problems);
        if (!problems.texts().isEmpty()) {
            throw PlanReader.wrong("Sweep of " + ElementName.of(type), problems.texts());
        }
        return points.stream().map(point -> invocation(point, sweep.name()));
    }

    /** Takes an argument of {@code @ParameterizedClass} that is a topology for the point of this invocation. */
    static void readArguments(ExtensionContext context) {
        argument(context).ifPresent(topology -> {
            var backend = Runs.outline(context).scenario().backend();
            var swept = List.of(SweepPoint.VALIDATORS, SweepPoint.EXECUTORS);
            Runs.setPoint(context, new SweepPoint(0, topology, backend, swept, true, null));
        });
    }

    /** Says whether {@code @ParameterizedClass} gives this constructor parameter its value. */
    static boolean isArgument(ParameterContext parameter, ExtensionContext context) {
        return parameter.getDeclaringExecutable() instanceof Constructor<?>
                && parameter.getParameter().getType() == TopologySpec.class
                && argument(context).isPresent();
    }

    @SuppressWarnings("deprecation") // JUnit 5.13 has this type alone
    private static Optional<TopologySpec> argument(ExtensionContext context) {
        try {
            var info = ParameterInfo.get(context);
            return info == null
                    ? Optional.empty()
                    : info.getArguments().toList().stream()
                            .filter(TopologySpec.class::isInstance)
                            .map(TopologySpec.class::cast)
                            .findFirst();
        } catch (NoClassDefFoundError e) {
            return Optional.empty(); // junit-jupiter-params is not there, so nothing is parameterized
        }
    }

    private static boolean isParameterized(Class<?> type) {
        try {
            return AnnotationSupport.isAnnotated(type, ParameterizedClass.class);
        } catch (NoClassDefFoundError e) {
            return false; // junit-jupiter-params is not there
        }
    }

    private static ClassTemplateInvocationContext invocation(SweepPoint point, String pattern) {
        return new ClassTemplateInvocationContext() {
            @Override
            public String getDisplayName(int index) {
                return point.displayName(pattern);
            }

            @Override
            public void prepareInvocation(ExtensionContext context) {
                Runs.setPoint(context, point);
            }

            @Override
            public List<Extension> getAdditionalExtensions() {
                var reason = point.skipReason();
                return reason == null
                        ? List.of()
                        : List.of((ExecutionCondition) context -> ConditionEvaluationResult.disabled(reason));
            }
        };
    }
}
