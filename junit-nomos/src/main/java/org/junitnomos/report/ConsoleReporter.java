package org.junitnomos.report;

import org.apiguardian.api.API;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunListener;
import org.junitnomos.runner.RunReporter;
import org.junitnomos.settings.ProgressMode;
import org.junitnomos.time.Stopwatch;

/**
 * Shows on standard output what runs do: one line a phase, progress, verdicts and where the report is. On a terminal
 * the progress is a bar; elsewhere, and on a CI server, it is a whole line every few seconds, never a carriage return.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ConsoleReporter implements RunReporter {
    /** Creates the reporter; the service loader does. */
    public ConsoleReporter() {}

    @Override
    public RunListener open(RunInfo run) {
        ProgressMode mode = run.settings().progress();
        return mode == ProgressMode.OFF
                ? new RunListener() {}
                : new ConsoleListener(run, ConsoleScreen.standard(), mode, new Stopwatch()::nanos);
    }
}
