package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.runner.ExpectationResult;
import org.junitnomos.runner.PhaseTiming;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunResults;
import org.junitnomos.runner.WorkloadResult;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;

@ExtendWith(DeclaredBackends.class)
class ConsoleListenerTests {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long wall;

    private static RunInfo info() {
        var plan = Scenario.builder()
                .name("steady")
                .backend("scripted")
                .validators(3)
                .build();
        return new RunInfo(plan, RunSettings.defaults(), 4711, TimeMode.VIRTUAL, null);
    }

    private ConsoleListener listener(boolean terminal) {
        return new ConsoleListener(info(), new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> wall);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void showsOneLineAPhaseWithRealAndProtocolTime() {
        var listener = listener(false);

        listener.phaseStarted(RunPhase.BUILD);
        listener.phaseEnded(new PhaseTiming(RunPhase.BUILD, Duration.ZERO, Duration.ZERO, null));
        listener.phaseEnded(
                new PhaseTiming(RunPhase.DRIVE, Duration.ofNanos(1_234_567_890), Duration.ofMinutes(10), null));
        listener.phaseEnded(new PhaseTiming(RunPhase.CLEANUP, Duration.ofMillis(5), Duration.ZERO, "1 left\nmore"));

        assertThat(shown())
                .isEqualTo("[nomos] steady BUILD: 3 nodes on scripted, virtual time, run window 1 min, "
                        + info().scenario().expectedBlocks() + " blocks expected,"
                        + " seed 4711\n"
                        + "[nomos] steady DRIVE: 1.234 s (10 min of protocol time)\n"
                        + "[nomos] steady CLEANUP: 5 ms, 1 left\n");
    }

    @Test
    void tellsWhoStopsTheClock() {
        listener(false).notice("Thread.sleep at Body.java:7 stops the clock");

        assertThat(shown()).isEqualTo("[nomos] steady NOTICE: Thread.sleep at Body.java:7 stops the clock\n");
    }

    @Test
    void aTextOfANodeNeitherMovesTheCursorNorBeginsALine() {
        listener(false).notice("\u001b[1A\u001b[2K\r[nomos] steady\n[nomos] steady verdict PASSED\u0007");

        assertThat(shown())
                .isEqualTo(
                        "[nomos] steady NOTICE: \\u001b[1A\\u001b[2K\\u000d[nomos] steady\\u000a[nomos] steady verdict"
                                + " PASSED\\u0007\n");
    }

    @Test
    void showsWholeLinesOfProgressEveryFiveSecondsWithoutATerminal() {
        var listener = listener(false);
        for (int second = 1; second <= 11; second++) {
            wall = Duration.ofSeconds(second).toNanos();
            listener.progress(RunPhase.DRIVE, Duration.ofMinutes(second), Duration.ofMinutes(20), second);
        }

        assertThat(shown())
                .isEqualTo(
                        "[nomos] steady DRIVE: 25 % of 20 min, height 5\n[nomos] steady DRIVE: 50 % of 20 min, height 10\n")
                .doesNotContain("\r");
    }

    @Test
    void drawsABarOnATerminalAndClearsItBeforeTheNextLine() {
        var listener = listener(true);
        wall = Duration.ofMillis(100).toNanos();
        listener.progress(RunPhase.DRIVE, Duration.ofMinutes(10), Duration.ofMinutes(20), 7);
        listener.phaseEnded(new PhaseTiming(RunPhase.DRIVE, Duration.ofSeconds(1), Duration.ZERO, null));

        String bar = "[nomos] steady [===============               ] DRIVE: 50 % of 20 min, height 7";
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("\r" + bar + "\r" + " ".repeat(bar.length()) + "\r[nomos] steady DRIVE: 1 s");
    }

    @Test
    void warnsOfTransactionsThatWereSubmittedTooEarly() {
        var result = RunResults.failed(info(), List.of(), List.of(), null, null, List.of(), Path.of("runs", "1"));
        var journal = new InMemoryJournal();
        journal.append(new JournalEvent.DependentSubmitted(1, new TxHash(Fr.of(2)), new TxHash(Fr.of(1)), "payer"));

        listener(false).ended(result, journal);

        assertThat(shown())
                .startsWith("[nomos] steady WARNING: payer submitted transactions before what they build on was in a"
                        + " block, 1 in all, first 02");
    }

    @Test
    void showsVerdictsAndWhereTheReportIs() {
        var result = RunResults.failed(
                info(),
                List.of(
                        new ExpectationResult("safety", Verdict.PASSED, null, null),
                        new ExpectationResult("growth", Verdict.FAILED, "height 3\nmore", new AssertionError("x"))),
                List.of(new WorkloadResult("payer", "no money", new AssertionError("y"))),
                new AssertionError("body says no"),
                null,
                List.of(),
                Path.of("runs", "1"));

        var journal = new InMemoryJournal();
        journal.append(new JournalEvent.LoadDelivered(
                1, "payer", "transactions", 168, 53, 50, Map.of("no node answered", 118L)));
        journal.append(new JournalEvent.LoadDelivered(1, "payer", "blobs", 7, 7, 7, Map.of()));

        listener(false).ended(result, journal);

        assertThat(shown())
                .isEqualTo("[nomos] steady LOAD: transactions of workload payer: 168 were due, 53 submitted, 50"
                        + " accepted; missed: no node answered (118)\n"
                        + "[nomos] steady LOAD: blobs of workload payer: 7 were due, 7 submitted, 7 accepted\n"
                        + "[nomos] steady PASSED: safety\n"
                        + "[nomos] steady FAILED: growth: height 3\n"
                        + "[nomos] steady FAILED: workload payer: no money\n"
                        + "[nomos] steady FAILED: test: java.lang.AssertionError: body says no\n"
                        + "[nomos] steady verdict FAILED, report "
                        + Path.of("runs", "1", "report.json").toAbsolutePath() + "\n");
    }
}
