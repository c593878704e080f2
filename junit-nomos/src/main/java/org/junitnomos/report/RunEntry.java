package org.junitnomos.report;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.RunResult;
import org.junitnomos.time.WallTime;

/** A run in a list of runs. */
final class RunEntry {
    /** What stands in the name of a test before the point of its sweep. */
    private static final String POINT = " -Dnomos.sweep=";

    private static final String SESSION =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                            .truncatedTo(ChronoUnit.SECONDS)
                    + " pid " + ProcessHandle.current().pid();
    private static final int LONGEST = 300;

    private RunEntry() {}

    /** {@return what the list says of a run; paths count from the directory above that of its scenario} */
    static Map<String, @Nullable Object> of(RunResult result, RunSummary summary, Path directory) {
        var topology = result.info().scenario().topology();
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("session", SESSION);
        entry.put("ended", WallTime.text());
        entry.put("scenario", PageTexts.visible(result.info().scenario().name()));
        entry.put("point", point(result.info().test()));
        entry.put("verdict", result.verdict().name());
        entry.put("seed", Long.toString(result.info().seed()));
        entry.put("system", PageTexts.visible(result.systemUnderTest()));
        entry.put("backend", result.info().scenario().backend());
        entry.put("validators", topology.validators());
        entry.put("executors", topology.executors());
        entry.put("layout", topology.layout().name().toLowerCase(Locale.ROOT));
        entry.put("path", path(directory));
        entry.put("page", Files.isRegularFile(directory.resolve(RunResult.PAGE)) ? RunResult.PAGE : RunResult.REPORT);
        entry.put(
                "wallMs",
                result.phases().stream()
                        .mapToLong(each -> each.wall().toMillis())
                        .sum());
        entry.put(
                "protocolMs",
                result.phases().stream()
                        .mapToLong(each -> each.protocol().toMillis())
                        .sum());
        entry.put("inWindow", summary.heightAfterDrive - summary.heightBeforeDrive);
        entry.put("height", summary.height);
        entry.put("blocks", summary.blocks);
        entry.put("expectedBlocks", result.info().scenario().expectedBlocks());
        entry.put("accepted", summary.transactions.accepted());
        entry.put("included", summary.transactions.included());
        entry.put("faults", summary.faults.size());
        entry.put("expectations", expectations(result));
        entry.put("problems", problems(result));
        return entry;
    }

    static @Nullable String point(@Nullable String test) {
        return test == null || !test.contains(POINT) ? null : test.substring(test.indexOf(POINT) + POINT.length());
    }

    /** {@return the name of the sweep that a test is a point of; null if it is none} */
    static @Nullable String sweep(@Nullable String test) {
        return test == null || !test.contains(POINT) ? null : test.substring(0, test.indexOf(POINT));
    }

    private static String path(Path directory) {
        Path absolute = directory.toAbsolutePath();
        Path scenario = absolute.getParent();
        Path root = scenario == null ? null : scenario.getParent();
        Path relative = root == null ? absolute : root.relativize(absolute);
        var names = new ArrayList<String>();
        relative.forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    private static List<Object> expectations(RunResult result) {
        var list = new ArrayList<Object>();
        result.expectations()
                .forEach(each -> list.add(
                        List.of(PageTexts.visible(each.name()), each.verdict().name())));
        return list;
    }

    /** What says most of what went wrong, by what it went wrong with. */
    static List<List<String>> problems(RunResult result) {
        var list = new ArrayList<List<String>>();
        var infrastructure = result.infrastructureFailure();
        if (infrastructure != null) {
            list.add(problem("infrastructure", String.valueOf(infrastructure.getMessage())));
        }
        for (var workload : result.workloads()) {
            if (workload.text() != null) {
                list.add(problem("workload " + workload.name(), workload.text()));
            }
        }
        for (var each : result.expectations()) {
            if (each.verdict() != Verdict.PASSED && each.text() != null) {
                list.add(problem(each.name(), each.text()));
            }
        }
        var body = result.bodyFailure();
        if (body != null) {
            list.add(problem("test", text(body)));
        }
        return list;
    }

    /** {@return what a failure says; the class of an assertion that failed, and of this library, says nothing more} */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        boolean plain = failure instanceof AssertionError
                || failure.getClass().getName().startsWith("org.junitnomos.");
        return plain && message != null ? message : failure.toString();
    }

    private static List<String> problem(String what, @Nullable String text) {
        var lines = text == null ? List.<String>of() : text.lines().limit(2).toList();
        String first = lines.isEmpty() ? "" : lines.get(0);
        if (first.endsWith(":") && lines.size() > 1) {
            first += " " + lines.get(1).strip(); // what was found stands below
        }
        return List.of(PageTexts.visible(what), PageTexts.shortened(PageTexts.visible(first), LONGEST));
    }
}
