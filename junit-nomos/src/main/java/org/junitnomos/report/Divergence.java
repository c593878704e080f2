package org.junitnomos.report;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.JournalFormatException;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunResult;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.DurationText;

/**
 * Says at which event the journal of a replay differs first from that of the original: the run that the setting {@code
 * nomos.replay} names, or in virtual time the last one beside it with the same plan and seed.
 */
final class Divergence {
    private Divergence() {}

    /** {@return what the page says of it; null if this is no replay} */
    static @Nullable Map<String, @Nullable Object> of(RunInfo info, Path directory, List<JournalEvent> events) {
        Path original = original(info, directory, events);
        if (original == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("original", original.toString());
        try {
            var others = JournalReader.read(original.resolve(RunResult.JOURNAL)).events();
            boolean virtual = info.time() == TimeMode.VIRTUAL;
            json.put("what", virtual ? "events" : "faults that were decided on");
            compare(
                    json,
                    virtual ? untilCleanup(others) : faults(others, true),
                    virtual ? untilCleanup(events) : faults(events, false));
        } catch (IOException | JournalFormatException e) {
            json.put("problem", PageTexts.of("its journal cannot be read: " + e.getMessage()));
        }
        return json;
    }

    private static @Nullable Path original(RunInfo info, Path directory, List<JournalEvent> events) {
        Path named = info.settings().replay();
        if (named != null) {
            return named;
        }
        boolean repeats = info.time() == TimeMode.VIRTUAL && info.settings().seed() != null;
        return repeats && !events.isEmpty() ? beside(directory, events.get(0)) : null;
    }

    /** The last run before this one whose plan and seed are the same; only the first lines are read for that. */
    private static @Nullable Path beside(Path directory, JournalEvent begin) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null) {
            return null;
        }
        int own = number(directory);
        try (Stream<Path> runs = Files.list(parent)) {
            return runs.filter(run -> number(run) > 0 && number(run) < own)
                    .sorted((a, b) -> Integer.compare(number(b), number(a)))
                    .limit(20)
                    .filter(run -> begins(run.resolve(RunResult.JOURNAL), begin))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null; // nothing to compare with
        }
    }

    private static int number(Path run) {
        String name = String.valueOf(run.getFileName());
        return name.matches("[0-9]{1,9}") ? Integer.parseInt(name) : -1;
    }

    private static boolean begins(Path journal, JournalEvent begin) {
        if (!Files.isRegularFile(journal)) {
            return false;
        }
        try (BufferedReader lines = Files.newBufferedReader(journal)) {
            String first = lines.readLine();
            if (first == null) {
                return false;
            }
            var in = new ByteArrayInputStream((first + "\n").getBytes(StandardCharsets.UTF_8));
            var events = JournalReader.read(in, journal.toString()).events();
            return !events.isEmpty() && events.get(0).equals(begin);
        } catch (IOException | JournalFormatException e) {
            return false;
        }
    }

    private static void compare(
            Map<String, @Nullable Object> json, List<? extends Object> original, List<? extends Object> replay) {
        int size = Math.max(original.size(), replay.size());
        for (int i = 0; i < size; i++) {
            Object was = i < original.size() ? original.get(i) : null;
            Object is = i < replay.size() ? replay.get(i) : null;
            if (!Objects.equals(was, is)) {
                json.put("event", i + 1);
                json.put("first", PageTexts.of(was == null ? "nothing: it has no more" : was.toString()));
                json.put("second", PageTexts.of(is == null ? "nothing: it has no more" : is.toString()));
                json.put("before", PageTexts.of(i == 0 ? "nothing" : String.valueOf(original.get(i - 1))));
                json.put("at", at(is));
                return;
            }
        }
        json.put("same", size);
    }

    /** One of them may have been closed in another way; what counts is how it came there. */
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

    private static long at(@Nullable Object event) {
        if (event instanceof Decision decision) {
            return PageTexts.millis(decision.at);
        }
        return event instanceof JournalEvent other ? PageTexts.millis(other.at()) : -1;
    }

    /** A fault that was decided on; when it was carried out is no part of the decision. */
    private static final class Decision {
        private final String text;
        private final long due;
        private final long at;

        /** What came late in the original is due that late in a replay. */
        Decision(FaultPlanned planned, boolean asReplayed) {
            this.due = planned.offset() + (asReplayed ? planned.drift() : 0);
            this.text = planned.workload() + ": " + planned.kind() + " " + planned.targets() + ", due "
                    + DurationText.ofNanos(due) + " after the beginning of the drive"
                    + (planned.duration() == 0 ? "" : ", for " + DurationText.ofNanos(planned.duration()));
            this.at = planned.at();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Decision decision && due == decision.due && text.equals(decision.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * In real time scheduling does not replay, so that every event differs by its time at least: only inputs count.
     * Workloads decide beside each other, so they come in the order in which they are due.
     */
    private static List<Decision> faults(List<JournalEvent> events, boolean asReplayed) {
        return events.stream()
                .filter(FaultPlanned.class::isInstance)
                .map(event -> new Decision((FaultPlanned) event, asReplayed))
                .sorted(Comparator.<Decision>comparingLong(each -> each.due).thenComparing(each -> each.text))
                .toList();
    }
}
