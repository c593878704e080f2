package org.junitnomos.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.PhaseTiming;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunListener;
import org.junitnomos.runner.RunResult;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.VisibleText;
import org.opentest4j.IncompleteExecutionException;

/** Shows one run on a stream. */
final class ConsoleListener implements RunListener {
    private static final String PREFIX = "[nomos] ";
    private static final int BAR = 30;
    private static final long PLAIN_PERIOD = Duration.ofSeconds(5).toNanos();
    private static final long BAR_PERIOD = Duration.ofMillis(100).toNanos();
    private static final int PERCENT = 100;

    private final RunInfo run;
    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier wall;
    private long shownAt;
    private int barLength;

    ConsoleListener(RunInfo run, PrintStream out, boolean terminal) {
        this(run, out, terminal, new Stopwatch()::nanos);
    }

    ConsoleListener(RunInfo run, PrintStream out, boolean terminal, LongSupplier wall) {
        this.run = run;
        this.out = out;
        this.terminal = terminal;
        this.wall = wall;
    }

    @Override
    public void phaseStarted(RunPhase phase) {
        shownAt = wall.getAsLong();
        if (phase == RunPhase.BUILD) {
            var scenario = run.scenario();
            line("BUILD: " + nodes(scenario.topology().size()) + " on " + scenario.backend() + ", "
                    + run.time().label() + " time, run window " + DurationText.format(scenario.runWindow()) + ", "
                    + scenario.expectedBlocks() + " blocks expected, seed " + run.seed());
        }
    }

    @Override
    public void progress(RunPhase phase, Duration done, Duration total, long height) {
        long now = wall.getAsLong();
        if (now - shownAt < (terminal ? BAR_PERIOD : PLAIN_PERIOD)) {
            return;
        }
        shownAt = now;
        double share = total.isZero() ? 1 : Math.min(1, (double) done.toNanos() / total.toNanos());
        String state =
                phase + ": " + (int) (share * PERCENT) + " % of " + DurationText.format(total) + ", height " + height;
        if (terminal) {
            bar(state, (int) (share * BAR));
        } else {
            line(state);
        }
    }

    @Override
    public void notice(String text) {
        line("NOTICE: " + text);
    }

    private void bar(String state, int filled) {
        String text =
                PREFIX + run.scenario().name() + " [" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + state;
        out.print("\r" + text + " ".repeat(Math.max(0, barLength - text.length())));
        out.flush();
        barLength = text.length();
    }

    @Override
    public void phaseEnded(PhaseTiming timing) {
        if (timing.phase() == RunPhase.BUILD) {
            return;
        }
        String protocol = run.time() == TimeMode.VIRTUAL && !timing.protocol().isZero()
                ? " (" + DurationText.format(timing.protocol()) + " of protocol time)"
                : "";
        line(timing.phase() + ": " + DurationText.format(rounded(timing.wall())) + protocol
                + (timing.problem() == null ? "" : ", " + firstLine(timing.problem())));
    }

    @Override
    public void ended(RunResult result, Journal journal) {
        journal.events(JournalEvent.LoadDelivered.class).forEach(delivered -> line(load(delivered)));
        RunSummary.warnings(journal.events()).forEach(warning -> line("WARNING: " + warning));
        for (var expectation : result.expectations()) {
            String text = expectation.text();
            line(expectation.verdict() + ": " + expectation.name() + (text == null ? "" : ": " + firstLine(text)));
        }
        result.leftOut().forEach(out -> line("left out: " + out.expectation() + ": " + out.reason()));
        for (var workload : result.workloads()) {
            String text = workload.text();
            if (text != null) {
                line(Verdict.FAILED + ": workload " + workload.name() + ": " + firstLine(text));
            }
        }
        var body = result.bodyFailure();
        if (body != null) {
            var verdict = body instanceof IncompleteExecutionException ? Verdict.INCONCLUSIVE : Verdict.FAILED;
            line(verdict + ": test: " + firstLine(String.valueOf(body)));
        }
        var infrastructure = result.infrastructureFailure();
        if (infrastructure != null) {
            line(Verdict.INFRASTRUCTURE + ": " + firstLine(String.valueOf(infrastructure.getMessage())));
        }
        var directory = result.directory();
        line("verdict " + result.verdict()
                + (directory == null
                        ? ""
                        : ", report " + directory.resolve(RunResult.REPORT).toAbsolutePath()));
    }

    private static String load(JournalEvent.LoadDelivered delivered) {
        var missed = delivered.missed().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .toList();
        return "LOAD: " + delivered.load() + " of workload " + delivered.workload() + ": " + delivered.planned()
                + " were due, " + delivered.submitted() + " submitted, " + delivered.accepted() + " accepted"
                + (missed.isEmpty() ? "" : "; missed: " + String.join(", ", missed));
    }

    private static String nodes(int number) {
        return number + (number == 1 ? " node" : " nodes");
    }

    private void line(String text) {
        if (barLength > 0) {
            out.print("\r" + " ".repeat(barLength) + "\r");
            barLength = 0;
        }
        out.println(VisibleText.ofLine(PREFIX + run.scenario().name() + " " + text));
    }

    private static Duration rounded(Duration wall) {
        return Duration.ofMillis(wall.toMillis());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
