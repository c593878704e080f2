package org.junitnomos.expectation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junitnomos.expectation.ErrorLines.ErrorLine;
import org.junitnomos.journal.JournalEvent.BaselineTaken;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** Counts what nodes logged as errors while a run went on. */
final class LogJudge {
    /** Key of the baseline under which stands the time of day at which the time of the run was 0. */
    static final String CLOCK = "clock";

    /** Key of the baseline under which stands the pattern, because several expectations may have one name. */
    static final String PATTERN = "pattern";

    private static final int QUOTED = 5;
    private static final int LONGEST_QUOTE = 300;

    private final RunContext run;
    private final CleanLogs settings;
    private final NodeTimeline nodes;
    private final FaultSpans faults;
    private final Map<String, String> baseline;
    private final long slot;
    private final List<String> shortened = new ArrayList<>();
    private final List<String> quotes = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long total;
    private long excused;

    LogJudge(RunContext run, CleanLogs settings) {
        this.run = run;
        this.settings = settings;
        var events = run.journal().events();
        this.nodes = NodeTimeline.of(events);
        this.faults = FaultSpans.of(events);
        this.baseline = events.stream()
                .filter(BaselineTaken.class::isInstance)
                .map(BaselineTaken.class::cast)
                .filter(taken -> taken.expectation().equals(settings.name()))
                .map(BaselineTaken::values)
                .filter(values -> settings.pattern().equals(values.get(PATTERN)))
                .findFirst()
                .orElse(Map.of());
        this.slot = run.scenario().topology().consensus().slotDuration().toNanos();
    }

    void judge() throws IOException {
        var logs = NodeLogs.of(run);
        var unread = NodeLogs.missing(run, logs.keySet());
        if (logs.isEmpty()) {
            throw new InconclusiveException("the nodes keep no logs that can be read"
                    + (unread.isEmpty() ? "" : ": " + String.join(", ", unread)));
        }
        var pattern = Pattern.compile(settings.pattern());
        for (var log : logs.entrySet()) {
            judge(log.getKey(), log.getValue(), pattern);
        }
        if (total > settings.maxErrors()) {
            var per = new ArrayList<String>();
            counts.forEach((node, count) -> per.add(node + " " + count));
            var text = "expected at most " + settings.maxErrors() + (settings.maxErrors() == 1 ? " line" : " lines")
                    + " of errors in the logs of the nodes but was " + total + " (" + String.join(", ", per) + ")"
                    + (excused == 0 ? "" : ", without " + excused + " under faults") + ":\n"
                    + String.join("\n", quotes) + (total > quotes.size() ? "\n  ..." : "");
            throw new AssertionFailedError(text, settings.maxErrors(), total);
        }
        unread.addAll(shortened);
        if (!unread.isEmpty()) {
            throw new InconclusiveException("not every log can be read: " + String.join(", ", unread)
                    + "; the others have " + total + (total == 1 ? " line" : " lines") + " of errors");
        }
    }

    private void judge(String node, Path log, Pattern pattern) throws IOException {
        long before = Long.parseLong(baseline.getOrDefault(node, "0"));
        var seen = new long[1];
        ErrorLines.read(log, pattern, line -> {
            if (++seen[0] <= before
                    || HealthyLines.has(line.text())
                    || isBeforeTheChain(node, line)
                    || isMadeUpFor(node, line)) {
                return;
            }
            if (settings.excuseFaults() && isUnderFault(line)) {
                excused++;
                return;
            }
            total++;
            counts.merge(node, 1L, Long::sum);
            if (quotes.size() < QUOTED) {
                var shown = line.text().length() <= LONGEST_QUOTE
                        ? line.text()
                        : line.text().substring(0, LONGEST_QUOTE) + "...";
                quotes.add("  " + node + ", " + log.getFileName() + ":" + line.number() + ": " + shown);
            }
        });
        if (seen[0] < before) {
            shortened.add(node + " (its log had " + before + " lines of errors when the run began, and has " + seen[0]
                    + ": it was cut)");
        }
    }

    /**
     * A node that was started anew begins at genesis, and may propose nothing two epochs later (node contract 3.2,
     * 5.2): its lines about that belong to the restart, if it found the chain again.
     */
    private boolean isBeforeTheChain(String node, ErrorLine line) {
        var slot = NodeRule.silentSlot(line.text());
        var history = nodes.find(node);
        return slot.isPresent()
                && history.filter(each -> each.states().stream()
                                .anyMatch(change -> change.intended() && change.state() == NodeState.STOPPED))
                        .flatMap(NodeTimeline.History::tip)
                        .filter(tip -> tip.slot() >= slot.getAsLong())
                        .isPresent();
    }

    /**
     * A node that misses a block, as each does that was started anew, says so of the next one and fetches both (node
     * contract 3.5): nothing is wrong if it came as far as the chain was then.
     */
    private boolean isMadeUpFor(String node, ErrorLine line) {
        var at = HealthyLines.isOfAMissedBlock(line.text()) ? runTime(line) : OptionalLong.empty();
        if (at.isEmpty()) {
            return false;
        }
        long height = heightAt(at.getAsLong());
        return nodes.find(node)
                .filter(each ->
                        each.tips().stream().anyMatch(tip -> tip.at() > at.getAsLong() && tip.height() >= height))
                .isPresent();
    }

    private long heightAt(long at) {
        return nodes.nodes().stream()
                .flatMap(each -> nodes.node(each).tipAt(at).stream())
                .mapToLong(TipChanged::height)
                .max()
                .orElse(0);
    }

    private boolean isUnderFault(ErrorLine line) {
        var at = runTime(line);
        return at.isPresent() && !faults.at(at.getAsLong(), slot).isEmpty();
    }

    /** When a line was written, in nanoseconds of run time; empty if it does not say. */
    private OptionalLong runTime(ErrorLine line) {
        if (line.time() == null || !baseline.containsKey(CLOCK)) {
            return OptionalLong.empty();
        }
        try {
            var zero = Instant.parse(baseline.get(CLOCK));
            return OptionalLong.of(Duration.between(zero, line.time()).toNanos());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty(); // a time of another age is no time of this run
        }
    }
}
