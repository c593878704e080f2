package org.junitnomos.jupiter;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junitnomos.runner.TestSelection;

/** Tells how a test is selected, and whether the setting {@code nomos.test} selects it. */
final class Selections {
    private static final String ENGINE = "[engine:junit-jupiter]/";
    private static final String INVOCATION = "[class-template-invocation:#";
    private static final Pattern OF_THE_METHOD = Pattern.compile("/\\[test-template-invocation:#\\d+]$");
    private static final Pattern PLAIN_NAME = Pattern.compile("\\w+");
    private static final Pattern PLAIN_TYPE = Pattern.compile("[\\w.$]+");

    /** What the patterns of Surefire and Gradle can say; invocations and inherited nested classes are not among it. */
    private static final List<String> PLAIN_SEGMENTS = List.of(
            "[class:",
            "[nested-class:",
            "[method:",
            "[test-template:",
            "[test-factory:",
            "[class-template:",
            INVOCATION);

    private Selections() {}

    static TestSelection of(ExtensionContext context) {
        var type = context.getRequiredTestClass();
        var point = Runs.point(context).filter(each -> each.number() > 0);
        var id = belowEngine(context.getUniqueId());
        if (context.getTestMethod().isPresent() && TestNode.isSupported(context)) {
            id = OF_THE_METHOD.matcher(id).replaceFirst(""); // all that is invoked here belongs to one run
        }
        var root = root(context);
        var method =
                context.getTestMethod().map(java.lang.reflect.Method::getName).orElse(null);
        return new TestSelection(
                type.getName(),
                root.getName(),
                method,
                point.isPresent() ? id.replaceAll("(\\[class-template-invocation:#)\\d+", "$1*") : id,
                isPlain(context, id, point.isPresent()),
                point.map(SweepPoint::label).orElse(null),
                location(root));
    }

    private static Class<?> root(ExtensionContext context) {
        var enclosing = context.getEnclosingTestClasses();
        return enclosing.isEmpty() ? context.getRequiredTestClass() : enclosing.get(0);
    }

    /** Says whether class and method name, as Surefire takes them, select this test and nothing else. */
    private static boolean isPlain(ExtensionContext context, String id, boolean sweep) {
        @Nullable Class<?> outer = null;
        for (var each : context.getEnclosingTestClasses()) {
            if (outer != null && each.getDeclaringClass() != outer) {
                return false;
            }
            outer = each;
        }
        var type = context.getRequiredTestClass();
        if (outer != null && type.getDeclaringClass() != outer) {
            return false;
        }
        var segments = Arrays.asList(id.split("/(?=\\[)"));
        return PLAIN_TYPE.matcher(type.getName()).matches()
                && segments.stream().allMatch(each -> PLAIN_SEGMENTS.stream().anyMatch(each::startsWith))
                && segments.stream().noneMatch(each -> each.startsWith(INVOCATION) && !sweep)
                && context.getTestMethod()
                        .map(method -> PLAIN_NAME.matcher(method.getName()).matches()
                                && namesakes(type, method.getName()) == 1)
                        .orElse(true);
    }

    private static long namesakes(Class<?> type, String method) {
        return AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN).stream()
                .filter(each -> each.getName().equals(method))
                .count();
    }

    private static @Nullable Path location(Class<?> type) {
        try {
            var source = type.getProtectionDomain().getCodeSource();
            return source == null ? null : Path.of(source.getLocation().toURI()).toRealPath();
        } catch (Exception e) {
            return null; // a class that was made in memory, or a loader with places of its own
        }
    }

    // ---- nomos.test

    private static String belowEngine(String id) {
        int engine = id.lastIndexOf(ENGINE);
        return engine < 0 ? id : id.substring(engine + ENGINE.length());
    }

    /**
     * Says whether the wanted test is this one, above it or below it; {@code #*} stands for any number. What a class
     * template has before it is invoked lacks the invocations in its ids.
     */
    static boolean admits(String wanted, String uniqueId) {
        var these = segments(uniqueId);
        var those = segments(wanted);
        int i = 0;
        for (var that : those) {
            if (i == these.size()) {
                return true;
            }
            var here = these.get(i);
            if (that.startsWith(INVOCATION) && !here.startsWith(INVOCATION)) {
                continue;
            }
            boolean any = that.endsWith("#*]") && here.startsWith(that.substring(0, that.length() - 2));
            if (!any && !here.equals(that)) {
                return false;
            }
            i++;
        }
        return true;
    }

    /** Says whether a test is the wanted one, or below it. */
    static boolean isWithin(String wanted, String uniqueId) {
        return admits(wanted, uniqueId)
                && segments(uniqueId).size() >= segments(wanted).size();
    }

    /** Says whether an id is that of a class which is in no other. */
    static boolean isOutermost(String uniqueId) {
        return segments(uniqueId).size() == 1;
    }

    private static List<String> segments(String id) {
        return Arrays.asList(belowEngine(id).split("/(?=\\[)"));
    }
}
