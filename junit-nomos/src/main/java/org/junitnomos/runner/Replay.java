package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalFormatException;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.SettingNames;

/**
 * What a run that is replayed was: its plan, its seed, and the faults its workloads decided on.
 *
 * @param directory directory of the run, as the setting names it
 * @param started its first event
 * @param decisions by workload, with the offsets at which they were carried out
 */
record Replay(Path directory, JournalEvent.RunStarted started, Map<String, List<FaultPlanned>> decisions) {
    /** Lines of a plan that are estimates, and differ between versions. */
    private static final String ESTIMATE = "expected ";

    /**
     * Finds the run that a run replays; null if it replays none.
     *
     * @throws IllegalArgumentException if there is no such run, or its plan is another one
     */
    static @Nullable Replay of(RunInfo info) {
        Path directory = info.settings().replay();
        if (directory == null) {
            return null;
        }
        var replay = read(directory);
        replay.requireSame(info.scenario());
        return replay;
    }

    /**
     * Finds the seed that the settings ask for: that of the run that is replayed, if there is one; null for a fresh
     * one.
     *
     * @throws IllegalArgumentException if two different seeds are asked for
     */
    static @Nullable Long seed(RunSettings settings) {
        Path directory = settings.replay();
        Long seed = settings.seed();
        if (directory == null) {
            return seed;
        }
        long recorded = read(directory).seed();
        if (seed != null && seed != recorded) {
            throw new IllegalArgumentException("Setting '" + SettingNames.SEED + "' is " + seed + ", but '"
                    + SettingNames.REPLAY + "' is \"" + directory + "\", a run with seed " + recorded
                    + ". Remove one of them.");
        }
        return recorded;
    }

    /**
     * Reads the journal of a run.
     *
     * @throws IllegalArgumentException naming the setting if there is none
     */
    static Replay read(Path directory) {
        Path file = Files.isDirectory(directory) ? directory.resolve(RunResult.JOURNAL) : directory;
        try {
            return of(directory, JournalReader.read(file).events());
        } catch (IOException e) {
            throw wrong(
                    directory,
                    "the directory of a run, with its " + RunResult.JOURNAL + ", which cannot be read"
                            + (RunDirectory.isBuilt(directory)
                                    ? " (a clean build removes it: replay without clean)"
                                    : ""),
                    e);
        } catch (JournalFormatException e) {
            throw wrong(directory, "the directory of a run, but its journal is broken: " + e.getMessage(), e);
        }
    }

    private static Replay of(Path directory, List<JournalEvent> events) {
        if (events.isEmpty() || !(events.get(0) instanceof JournalEvent.RunStarted started)) {
            throw wrong(
                    directory, "the directory of a run, but its journal does not begin with the start of one", null);
        }
        var decisions = new LinkedHashMap<String, List<FaultPlanned>>();
        for (var event : events) {
            if (event instanceof FaultPlanned decided) {
                decisions
                        .computeIfAbsent(decided.workload(), name -> new ArrayList<>())
                        .add(new FaultPlanned(
                                decided.at(),
                                decided.workload(),
                                decided.offset() + decided.drift(),
                                0,
                                decided.kind(),
                                decided.targets(),
                                decided.duration()));
            }
        }
        return new Replay(directory, started, decisions);
    }

    private static IllegalArgumentException wrong(Path directory, String expected, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "Setting '" + SettingNames.REPLAY + "' is \"" + directory + "\", expected " + expected + ".", cause);
    }

    long seed() {
        return started.seed();
    }

    /** The decisions of a workload; none if it made none. */
    List<FaultPlanned> decisionsOf(String workload) {
        return List.copyOf(decisions.getOrDefault(workload, List.of()));
    }

    /** Refuses a plan that is another one than that of the run: the same faults would mean something else. */
    void requireSame(Scenario scenario) {
        var recorded = essence(started.plan());
        var now = essence(scenario.print());
        if (recorded.equals(now)) {
            return;
        }
        var text = new StringBuilder("Setting '" + SettingNames.REPLAY + "' is \"" + directory
                + "\", but that run had another plan than scenario '" + scenario.name() + "'. Differences:");
        var gone = new ArrayList<>(recorded);
        now.forEach(gone::remove);
        var added = new ArrayList<>(now);
        recorded.forEach(added::remove);
        gone.forEach(line -> text.append("\n  recorded: ").append(line));
        added.forEach(line -> text.append("\n  now: ").append(line));
        if (gone.isEmpty() && added.isEmpty()) {
            text.append("\n  the same lines in another order");
        }
        text.append("\nReplay it with the test, the version and the settings that made it.");
        throw new IllegalArgumentException(text.toString());
    }

    private static List<String> essence(List<String> plan) {
        return plan.stream().filter(line -> !line.startsWith(ESTIMATE)).toList();
    }
}
