package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.JournalFormatException;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.runner.RunResult;
import org.junitnomos.settings.TimeMode;
import org.opentest4j.TestAbortedException;

/** Compares the journals of two runs of one plan and seed: the same in virtual time, unless the test is to blame. */
final class TwoJournals {
    private TwoJournals() {}

    /** Says whether a test is to run twice, and can: on clusters of its own, in virtual time. */
    static boolean areWanted(ExtensionContext context, TestRun run) {
        return Environment.settings(context).twice()
                && AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), ScenarioTest.class)
                && run.plan().cluster() == ClusterScope.RUN
                && run.phases().info().time() == TimeMode.VIRTUAL;
    }

    /**
     * Fails the second run if its journal is not that of the first, or of an earlier run of the same plan and seed that
     * still is beside it: the order of {@code Set.of} differs from JVM to JVM only.
     *
     * @throws AssertionError naming the first event that differs
     */
    static void compare(ExtensionContext context, RunResult second) {
        var first = Runs.first(context).orElseThrow();
        var result = first.phases().result();
        if (result.isEmpty()) {
            throw new TestAbortedException("not compared: the first run was not selected");
        }
        var events = untilCleanup(Runs.run(context).phases().events());
        compare(
                second,
                events,
                untilCleanup(first.phases().events()),
                result.get().directory());
        for (var earlier : earlier(second, result.get())) {
            var others = read(earlier);
            if (!others.isEmpty() && others.get(0).equals(events.get(0))) {
                compare(second, events, untilCleanup(others), earlier);
            }
        }
    }

    private static void compare(
            RunResult run, List<JournalEvent> events, List<JournalEvent> others, @Nullable Path directory) {
        for (int i = 0; i < Math.max(events.size(), others.size()); i++) {
            var was = text(others, i);
            var is = text(events, i);
            if (!was.equals(is)) {
                throw new AssertionError("two runs of " + run.info().scenario().name() + " with seed "
                        + run.info().seed() + " differ from event " + (i + 1) + " on:\n  first:  " + was
                        + "\n  second: " + is + "\n  before: " + (i == 0 ? "nothing" : text(events, i - 1))
                        + "\nThe test depends on something else than the run: on the wall clock, on the order of a hash"
                        + " set, on chance that is not the run's, or on what is left of an earlier test. Journals: "
                        + directory + ", " + run.directory() + "\n  replay: "
                        + run.info().replayCommand(run.directory()));
            }
        }
    }

    private static String text(List<JournalEvent> events, int index) {
        return index < events.size() ? events.get(index).toString() : "the end of the run";
    }

    /** Finds the directories of earlier runs beside those of the two. */
    private static List<Path> earlier(RunResult second, RunResult first) {
        Path directory = second.directory();
        Path parent = directory == null ? null : directory.getParent();
        if (parent == null) {
            return List.of();
        }
        try (var runs = Files.list(parent)) {
            return runs.filter(each -> !each.equals(directory) && !each.equals(first.directory()))
                    .filter(each -> Files.isRegularFile(each.resolve(RunResult.JOURNAL)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the runs in " + parent, e);
        }
    }

    /** A run that was cut off may have left a journal that cannot be read; it is not compared. */
    private static List<JournalEvent> read(Path directory) {
        try {
            return JournalReader.read(directory.resolve(RunResult.JOURNAL)).events();
        } catch (IOException | JournalFormatException e) {
            return List.of();
        }
    }

    /** The end of one of them has come, and that of the other has not. */
    private static List<JournalEvent> untilCleanup(List<JournalEvent> events) {
        var before = new ArrayList<JournalEvent>();
        for (var event : events) {
            if (event instanceof PhaseStarted started && started.phase() == RunPhase.CLEANUP) {
                break;
            }
            before.add(event);
        }
        return before;
    }
}
