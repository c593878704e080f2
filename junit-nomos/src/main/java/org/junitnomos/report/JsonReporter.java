package org.junitnomos.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunListener;
import org.junitnomos.runner.RunReporter;
import org.junitnomos.runner.RunResult;

/**
 * Writes one file of JSON a run, {@value RunResult#REPORT}: before anything is torn down, and again when the run is
 * over. {@code docs/reports.md} describes it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JsonReporter implements RunReporter {

    /** Creates the reporter; the service loader does. */
    public JsonReporter() {}

    @Override
    public RunListener open(RunInfo run) {
        return new RunListener() {
            private @Nullable Verdict written;

            @Override
            public void evaluated(RunResult result, Journal journal) {
                write(result, journal);
            }

            @Override
            public void closing(RunResult result, Journal journal) {
                write(result, journal);
                written = result.verdict();
            }

            @Override
            public void ended(RunResult result, Journal journal) {
                if (result.verdict() != written) {
                    write(result, journal); // something else could not be written
                }
            }
        };
    }

    private static void write(RunResult result, Journal journal) {
        Path directory = result.directory();
        if (directory == null) {
            return;
        }
        Path file = directory.resolve(RunResult.REPORT);
        try {
            JsonReport.write(result, journal.events(), file);
        } catch (IOException e) {
            throw new UncheckedIOException("report " + file + " could not be written: " + e.getMessage(), e);
        }
    }
}
