package org.junitnomos.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.PhaseTiming;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunListener;
import org.junitnomos.runner.RunResult;
import org.junitnomos.settings.ProgressMode;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.VisibleText;
import org.opentest4j.IncompleteExecutionException;

/** Shows one run on the console. */
final class ConsoleListener implements RunListener {
    private static final String PREFIX = "[nomos] ";
    private static final String RUNNER = "runner";
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;
    private static final long PLAIN_PERIOD = Duration.ofSeconds(5).toNanos();
    private static final long BAR_PERIOD = Duration.ofMillis(100).toNanos();
    private static final int NAME_SHARE = 4;
    private static final int ESTIMATED_FROM = 20; // a twentieth of it: the first blocks take longer than the others
    private static final int PERCENT = 100;

    private final RunInfo run;
    private final ConsoleScreen screen;
    private final boolean bar;
    private final boolean verbose;
    private final LongSupplier wall;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();
    private final RunTally tally = new RunTally();
    private volatile RunPhase phase = RunPhase.BUILD;
    private volatile long begunAt;
    private volatile long shownAt;

    /**
     * Shows a run.
     *
     * @param mode not {@link ProgressMode#OFF}
     * @param wall time of the wall, in nanoseconds
     */
    ConsoleListener(RunInfo run, ConsoleScreen screen, ProgressMode mode, LongSupplier wall) {
        this.run = run;
        this.screen = screen;
        this.bar = screen.isTerminal() && mode != ProgressMode.PLAIN;
        this.verbose = mode == ProgressMode.VERBOSE;
        this.wall = wall;
    }

    @Override
    public void opened(Journal journal) {
        journal.subscribe(event -> {
            tally.accept(event);
            if (verbose) {
                if (event instanceof JournalEvent.Note note && note.author().equals(RUNNER)) {
                    noted.add(note.text());
                }
                EventText.of(event).ifPresent(text -> line(DurationText.format(rounded(event.at())) + " " + text));
            }
            if (bar && phase == RunPhase.DEPLOY && event instanceof JournalEvent.NodeStateChanged) {
                drawBar(ready(), -1);
            }
        });
    }

    @Override
    public void phaseStarted(RunPhase started) {
        phase = started;
        begunAt = wall.getAsLong();
        shownAt = begunAt;
        if (started == RunPhase.BUILD) {
            var scenario = run.scenario();
            line("BUILD: " + nodes(scenario.topology().size()) + " on " + scenario.backend() + ", "
                    + run.time().label() + " time, run window " + DurationText.format(scenario.runWindow()) + ", "
                    + scenario.expectedBlocks() + " blocks expected, seed " + run.seed());
        } else if (bar) {
            drawBar(started == RunPhase.DEPLOY ? ready() : started.toString(), -1);
        }
    }

    private String ready() {
        return phase + ": " + tally.readyNodes() + " of "
                + nodes(run.scenario().topology().size()) + " ready";
    }

    @Override
    public void progress(RunPhase of, Duration done, Duration total, long height) {
        long now = wall.getAsLong();
        if (now - shownAt < (bar ? BAR_PERIOD : PLAIN_PERIOD)) {
            return;
        }
        shownAt = now;
        double share = total.isZero() ? 1 : Math.min(1, (double) done.toNanos() / total.toNanos());
        var parts = new ArrayList<String>();
        parts.add(of + ": " + (int) (share * PERCENT) + " % of " + DurationText.format(total));
        left(now, done, total).ifPresent(left -> parts.add(left + " left"));
        parts.add("height " + height);
        parts.addAll(Stream.of(tally.transactions(), tally.blobs(), tally.faults())
                .filter(part -> !part.isEmpty())
                .toList());
        if (bar) {
            drawBar(fitting(parts), share);
        } else {
            line(String.join(", ", parts));
        }
    }

    /** The time of the wall that the phase still takes: in virtual time as fast as until now, once that can be told. */
    private Optional<String> left(long now, Duration done, Duration total) {
        long left = Math.max(0, total.minus(done).toNanos());
        if (run.time() == TimeMode.REAL) {
            return Optional.of(DurationText.format(seconds(left)));
        }
        if (done.isZero() || done.multipliedBy(ESTIMATED_FROM).compareTo(total) < 0) {
            return Optional.empty();
        }
        var estimate = seconds((long) ((double) left / done.toNanos() * (now - begunAt)));
        return Optional.of(estimate.isZero() ? "under 1 s" : "about " + DurationText.format(estimate));
    }

    private static Duration seconds(long nanos) {
        return Duration.ofSeconds(Duration.ofNanos(nanos).plusMillis(500).toSeconds());
    }

    @Override
    public void notice(String text) {
        if (!noted.contains(text)) { // of the journal, which was shown already
            line("NOTICE: " + text);
        }
    }

    /** As many of the parts as the line has room for, the first ones. */
    private String fitting(List<String> parts) {
        int room = screen.room() - shortLead().length();
        String text = parts.get(0);
        for (String part : parts.subList(1, parts.size())) {
            if (text.length() + part.length() + 2 > room) {
                return text;
            }
            text += ", " + part;
        }
        return text;
    }

    private String lead() {
        return PREFIX + run.scenario().name() + " ";
    }

    /** The end of a long name, the test method, for a line that has little room. */
    private String shortLead() {
        String name = run.scenario().name();
        int longest = screen.room() / NAME_SHARE;
        return name.length() <= longest ? lead() : PREFIX + ".." + name.substring(name.length() - longest + 2) + " ";
    }

    /** Draws what is there in words, and the share of it as a bar if there is room; a negative share has none. */
    private void drawBar(String state, double share) {
        int room = Math.min(LONGEST_BAR, screen.room() - shortLead().length() - state.length() - "[] ".length());
        String drawn = "";
        if (share >= 0 && room >= SHORTEST_BAR) {
            int filled = (int) (share * room);
            drawn = "[" + "=".repeat(filled) + " ".repeat(room - filled) + "] ";
        }
        screen.bar(VisibleText.ofLine(shortLead() + drawn + state));
    }

    @Override
    public void phaseEnded(PhaseTiming timing) {
        if (timing.phase() == RunPhase.BUILD) {
            return;
        }
        String protocol = run.time() == TimeMode.VIRTUAL && !timing.protocol().isZero()
                ? " (" + DurationText.format(timing.protocol()) + " of protocol time)"
                : "";
        line(timing.phase() + ": " + DurationText.format(rounded(timing.wall().toNanos())) + protocol
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
        line("verdict " + result.verdict() + (directory == null ? "" : ", report " + report(directory)));
    }

    /** The report that is made to be read by people, where there is one. */
    private static Path report(Path directory) {
        Path html = directory.resolve(RunResult.PAGE);
        return (Files.exists(html) ? html : directory.resolve(RunResult.REPORT)).toAbsolutePath();
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
        screen.line(VisibleText.ofLine(lead() + text));
    }

    private static Duration rounded(long nanos) {
        return Duration.ofMillis(Duration.ofNanos(nanos).toMillis());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
