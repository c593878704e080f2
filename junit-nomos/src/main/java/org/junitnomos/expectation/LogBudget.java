package org.junitnomos.expectation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.expectation.ErrorLines.ErrorLine;
import org.junitnomos.journal.JournalEvent.BaselineTaken;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.LogLevel;
import org.opentest4j.AssertionFailedError;

/**
 * Expects each node to log no more lines of a kind than that while the run goes on.
 *
 * <p>Lines are counted in the log files when the run begins and when it is judged, so that only those in between count.
 * Colors are taken off before. Lines of errors that real nodes log while nothing is wrong with them do not count. What
 * a node logs depends on {@code NOMOS_LOG_LEVEL}. Inconclusive without a log that can be read.
 *
 * @param atMost most lines of each node; 0 or more
 * @param pattern regular expression that is found in a line; {@code ""} for any line
 * @param level level of the lines; null for any
 * @param node name of the node; empty for each node
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LogBudget(
        int atMost, String pattern, @Nullable LogLevel level, String node) implements Expectation {
    private static final int QUOTED = 5;
    private static final int LONGEST_QUOTE = 300;

    public LogBudget {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(node, "node");
    }

    /**
     * Allows each node so many lines in which a pattern is found, of any level.
     *
     * @param lines most lines of each node; 0 or more
     * @param pattern regular expression
     * @return the budget
     */
    public static LogBudget atMost(int lines, String pattern) {
        return new LogBudget(lines, pattern, null, "");
    }

    /**
     * Counts lines of one level only.
     *
     * @param wanted the level
     * @return for that level
     */
    public LogBudget level(LogLevel wanted) {
        return new LogBudget(atMost, pattern, wanted, node);
    }

    /**
     * Judges one node only.
     *
     * @param name name of the node
     * @return for that node
     */
    public LogBudget on(String name) {
        return new LogBudget(atMost, pattern, level, name);
    }

    @Override
    public String name() {
        return "at most " + atMost + ' ' + kind() + (node.isEmpty() ? "" : " on " + node);
    }

    private String kind() {
        return "lines" + (level == null ? "" : " of level " + level.name())
                + (pattern.isEmpty() ? "" : " that match /" + pattern + "/");
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (atMost < 0) {
            problems.add("atMost", atMost, "0 or more lines", "Change the number");
        }
        ErrorLines.validate(pattern, problems);
        JudgedNode.validate(scenario, problems, node);
    }

    /** The level after the time, as dev nodes and Rust nodes write it, or in JSON. */
    private Pattern ofLevel() {
        return Pattern.compile(level == null ? "" : "^\\S+\\s+" + level + "\\b|\"level\":\\s*\"" + level + '"');
    }

    private List<ErrorLine> lines(Path log) throws IOException {
        var wanted = Pattern.compile(pattern);
        var lines = new ArrayList<ErrorLine>();
        ErrorLines.read(log, ofLevel(), line -> {
            if (wanted.matcher(line.text()).find() && !HealthyLines.has(line.text())) {
                lines.add(line);
            }
        });
        return lines;
    }

    private Map<String, Path> logs(RunContext run) {
        var logs = NodeLogs.of(run);
        logs.keySet().removeIf(name -> !node.isEmpty() && !node.equals(name));
        return logs;
    }

    @Override
    public Map<String, String> capture(RunContext run) throws Exception {
        var baseline = new LinkedHashMap<String, String>();
        for (var log : logs(run).entrySet()) {
            baseline.put(log.getKey(), Integer.toString(lines(log.getValue()).size()));
        }
        return baseline;
    }

    @Override
    public void evaluate(RunContext run) throws Exception {
        var logs = logs(run);
        if (logs.isEmpty()) {
            throw new InconclusiveException(
                    (node.isEmpty() ? "the nodes keep" : node + " keeps") + " no log that can be read");
        }
        var baseline = run.journal().events(BaselineTaken.class).stream()
                .filter(taken -> taken.expectation().equals(name()))
                .map(BaselineTaken::values)
                .findFirst()
                .orElse(Map.of());
        var texts = new ArrayList<String>();
        for (var log : logs.entrySet()) {
            var all = lines(log.getValue());
            int before = Integer.parseInt(baseline.getOrDefault(log.getKey(), "0"));
            var written = all.subList(Math.min(before, all.size()), all.size());
            if (written.size() > atMost) {
                texts.add(text(log.getKey(), log.getValue(), written));
            }
        }
        if (!texts.isEmpty()) {
            throw new AssertionFailedError("expected at most " + atMost + ' ' + kind() + " of "
                    + (node.isEmpty() ? "each node" : node) + " but:\n" + Listing.of(texts));
        }
    }

    private static String text(String name, Path log, List<ErrorLine> written) {
        var text = new StringBuilder("  " + name + ": " + written.size());
        for (var line : written.subList(0, Math.min(QUOTED, written.size()))) {
            var shown = line.text();
            text.append("\n    ")
                    .append(log.getFileName())
                    .append(':')
                    .append(line.number())
                    .append(": ");
            text.append(shown.length() <= LONGEST_QUOTE ? shown : shown.substring(0, LONGEST_QUOTE) + "...");
        }
        return text.append(written.size() > QUOTED ? "\n    ..." : "").toString();
    }
}
