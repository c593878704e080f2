package org.junitnomos.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.settings.KeepPolicy;
import org.junitnomos.time.CountText;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.VisibleText;
import org.junitnomos.topology.TopologySpec;
import org.opentest4j.IncompleteExecutionException;

/**
 * Writes the texts of failures: what was found, then everything one needs to look further: how long it ran, the seed,
 * the system under test, where logs, journal and report are, and the command that replays the run.
 */
final class FailureText {
    private final RunInfo info;
    private final String systemUnderTest;
    private final @Nullable Path directory;
    private final @Nullable Path nodeDirectory;
    private final @Nullable String ran;

    /**
     * Creates the texts of a run.
     *
     * @param ran how long it was driven; null if it was not
     */
    FailureText(
            RunInfo info,
            String systemUnderTest,
            @Nullable Path directory,
            @Nullable Path nodeDirectory,
            @Nullable String ran) {
        this.info = info;
        this.systemUnderTest = systemUnderTest;
        this.directory = directory;
        this.nodeDirectory = nodeDirectory;
        this.ran = ran;
    }

    /** Writes a failure of the named expectation, workload or phase, with the context of the run. */
    String render(String name, String found) {
        return render(name, found, null);
    }

    /** Writes the same with the rules of the node that ended the chain, if any did. */
    String render(String name, String found, @Nullable String metRules) {
        String shown = VisibleText.of(found); // it may quote nodes
        var text = new StringBuilder(shown.startsWith(name + ":") ? shown : name + ": " + shown);
        if (metRules != null && !metRules.isEmpty()) {
            line(text, "rule of the node", metRules);
        }
        if (ran != null) {
            line(text, "ran", ran);
        }
        line(
                text,
                "cluster",
                describe(info.scenario().topology()) + " on backend "
                        + info.scenario().backend() + ", " + info.time().label() + " time");
        line(text, "system under test", systemUnderTest);
        line(text, "seed", Long.toString(info.seed()));
        if (nodeDirectory != null) {
            line(text, "logs", nodeDirectory.resolve(RunDirectory.NODES).toString());
        }
        if (directory != null) {
            line(text, "journal", directory.resolve(RunResult.JOURNAL).toString());
            boolean page = info.settings().page() != KeepPolicy.NEVER;
            line(
                    text,
                    "report",
                    directory.resolve(page ? RunResult.PAGE : RunResult.REPORT).toString());
        }
        line(text, "replay", info.replayCommand(directory));
        EvidenceText.of(info, directory).forEach((key, value) -> line(text, key, value));
        return text.toString();
    }

    /** Writes that what could not be judged is a failure, and why it is. */
    String renderStrict(String name, String found, @Nullable String metRules) {
        var text = new StringBuilder(render(name, found, metRules));
        line(
                text,
                "strict",
                "nobody can say whether it held; that is a failure because "
                        + info.settings().strictBecause() + ". With -Dnomos.strict=false the test is aborted instead");
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("\n  ").append(key).append(": ").append(value);
    }

    /** Describes a topology in a few words. */
    static String describe(TopologySpec topology) {
        return CountText.of(topology.validators(), "validator") + ", " + CountText.of(topology.executors(), "executor")
                + ", " + topology.layout().name().toLowerCase(Locale.ROOT);
    }

    /** Describes how long a run was driven. */
    static String ran(Duration driven, Duration window, @Nullable String cut) {
        return cut == null
                ? "the whole run window of " + DurationText.format(window)
                : DurationText.format(driven) + " of the run window of " + DurationText.format(window)
                        + ", which ended early: " + cut;
    }

    /** Describes how long a run was driven that still is. */
    static String ranSoFar(Duration driven, Duration window) {
        return DurationText.format(driven) + " of the run window of " + DurationText.format(window) + " so far";
    }

    /** Whether a test that throws this is aborted, not failed. */
    static boolean isAbort(Throwable failure) {
        return failure instanceof IncompleteExecutionException;
    }

    /** Says what a failure says: its message, with the type in front unless the text was written to stand alone. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getName();
        }
        boolean speaks = failure instanceof AssertionError || failure instanceof DeploymentException;
        return speaks ? message.strip() : failure.getClass().getSimpleName() + ": " + message;
    }

    static String firstLine(Throwable failure) {
        return of(failure).lines().findFirst().orElse("");
    }
}
