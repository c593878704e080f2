package org.junitnomos.jupiter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.report.SelfCheckReport;
import org.junitnomos.runner.SelfCheckRun;
import org.junitnomos.settings.ProgressMode;

/** Runs the self-check of a scenario as a test of its own. */
final class SelfChecks {
    private SelfChecks() {}

    /** Says whether a test is to be checked. */
    static boolean areWanted(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), ScenarioTest.class)
                && (annotation(context).isPresent()
                        || Environment.settings(context).selfCheck());
    }

    private static Optional<SelfCheck> annotation(ExtensionContext context) {
        var elements = Runs.elements(context);
        for (int i = elements.size() - 1; i >= 0; i--) {
            var found = AnnotationSupport.findAnnotation(elements.get(i), SelfCheck.class);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Checks the scenario of a run.
     *
     * @throws AssertionError naming the defects that the scenario misses
     */
    static void check(ExtensionContext context, TestRun run) throws InterruptedException {
        var annotation = annotation(context);
        var place = ElementName.of(Runs.elements(context));
        int seeds = annotation.map(SelfCheck::seeds).orElse(1);
        if (seeds < 1) {
            throw new ExtensionConfigurationException(
                    "@SelfCheck.seeds on " + place + " is " + seeds + ", expected 1 or more. Raise it.");
        }
        long first = run.phases().info().seed();
        var settings = Environment.settings(context);
        var directory = settings.directory().resolve("self-check").resolve(directory(context));
        var check = new SelfCheckRun(
                run.plan().scenario(),
                settings.withDirectory(directory),
                defects(annotation.map(SelfCheck::defects).orElse(new String[0]), place),
                LongStream.range(first, first + seeds).boxed().toList());
        var report = new SelfCheckReport(check.run());
        report.write(directory);
        context.publishReportEntry("self-check", directory.toString());
        if (settings.progress() != ProgressMode.OFF) {
            report.print();
        }
        var failure = report.failure();
        if (failure != null) {
            throw new AssertionError(
                    "self-check: " + failure + "\nThe whole table: " + directory.resolve(SelfCheckReport.TEXT));
        }
    }

    /** Names the directory of a test: no other class, and no other point of a sweep, has the same. */
    private static String directory(ExtensionContext context) {
        var name = context.getRequiredTestClass().getName().replace('$', '.') + "."
                + context.getRequiredTestMethod().getName();
        return Runs.point(context)
                .filter(point -> point.number() > 0)
                .map(point -> name + "_" + point.label().replaceAll("[^A-Za-z0-9.-]+", "_"))
                .orElse(name);
    }

    private static List<NodeDefect> defects(String[] names, String place) {
        if (names.length == 0) {
            return List.of(NodeDefect.values());
        }
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(NodeDefect.of(name)
                        .orElseThrow(
                                () -> new ExtensionConfigurationException("@SelfCheck.defects on " + place + " names \""
                                        + name + "\", expected names of defects, as \"never-leads\". Change it."))))
                .toList();
    }
}
