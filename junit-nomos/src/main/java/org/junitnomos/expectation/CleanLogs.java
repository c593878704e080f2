package org.junitnomos.expectation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects few lines of errors, or none, in the logs of the nodes.
 *
 * <p>The log files are read line by line when the run begins and when it is judged, those of nodes that were removed,
 * too; only lines written in between count. Colors are taken off before a line is matched. What a node logs depends on
 * {@code NOMOS_LOG_LEVEL}, but errors are always in. What a node that was started anew says of missing epochs, before
 * it has found the chain again, is no error (node contract 3.2, 5.2), and neither are lines of errors that real nodes
 * log while nothing is wrong with them.
 *
 * @param maxErrors most lines in the logs of all nodes together; 0 or more
 * @param excuseFaults whether lines written while a fault was in force, or in the slot after it, do not count; a line
 *     without a time has that of the line before it
 * @param pattern regular expression that is found in a line of an error
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CleanLogs(int maxErrors, boolean excuseFaults, String pattern) implements Expectation {
    /**
     * What lines of errors look like by default: the level after the time, as dev nodes and Rust nodes write it, or in
     * JSON; and a panic of Rust.
     */
    public static final String DEFAULT_PATTERN =
            "^\\S+\\s+ERROR\\b|\"level\":\\s*\"ERROR\"|^thread '[^']*' (\\(\\d+\\) )?panicked at";

    public CleanLogs {
        Objects.requireNonNull(pattern, "pattern");
    }

    /** Expects no line of an error at all, also under faults. */
    public CleanLogs() {
        this(0, false, DEFAULT_PATTERN);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (maxErrors < 0) {
            problems.add("maxErrors", maxErrors, "0 or more lines", "Change the number");
        }
        ErrorLines.validate(pattern, problems);
    }

    @Override
    public Map<String, String> capture(RunContext run) throws Exception {
        var baseline = new LinkedHashMap<String, String>();
        baseline.put(
                LogJudge.CLOCK, run.clock().instant().minus(run.clock().now()).toString());
        baseline.put(LogJudge.PATTERN, pattern);
        for (var log : NodeLogs.of(run).entrySet()) {
            baseline.put(log.getKey(), Long.toString(ErrorLines.count(log.getValue(), Pattern.compile(pattern))));
        }
        return baseline;
    }

    @Override
    public void evaluate(RunContext run) throws Exception {
        new LogJudge(run, this).judge();
    }
}
