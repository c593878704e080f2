package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.runner.ExpectationResult;
import org.junitnomos.runner.PhaseTiming;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunResults;
import org.junitnomos.runner.WorkloadResult;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.ProgressMode;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;
import org.junitnomos.topology.NodeState;

@ExtendWith(DeclaredBackends.class)
class ConsoleListenerTests {
    private static final HeaderId BLOCK = HeaderId.fromHex("0b".repeat(32));
    private static final ChannelId CHANNEL = ChannelId.fromHex("0c".repeat(32));
    private static final BlobId BLOB = BlobId.fromHex("0d".repeat(32));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long wall;

    private static RunInfo info() {
        return info(TimeMode.VIRTUAL);
    }

    private static RunInfo info(TimeMode time) {
        var plan = Scenario.builder()
                .name("steady")
                .backend("scripted")
                .validators(3)
                .build();
        return new RunInfo(plan, RunSettings.defaults(), 4711, time, null);
    }

    private ConsoleListener listener(boolean terminal) {
        return new ConsoleListener(info(), screen(terminal, 120), ProgressMode.AUTO, () -> wall);
    }

    private ConsoleScreen screen(boolean terminal, int columns) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ConsoleScreen(() -> out, terminal, columns);
    }

    private static TxHash transaction(int number) {
        return new TxHash(Fr.of(number));
    }

    /** Three transactions of which two are on the chain, two blobs of which one is, and one fault in force of three. */
    private static void happen(Journal journal) {
        for (int number = 1; number <= 3; number++) {
            journal.append(new JournalEvent.TransactionSubmitted(1, transaction(number), "validator-0", "payer", 1));
            journal.append(new JournalEvent.TransactionIncluded(2, transaction(number), BLOCK, number));
        }
        journal.append(new JournalEvent.TransactionSubmitted(2, transaction(1), "validator-1", "payer", 2));
        journal.append(new JournalEvent.TransactionOrphaned(3, transaction(3), BLOCK));
        for (int number = 1; number <= 2; number++) {
            journal.append(new JournalEvent.BlobSubmitted(
                    3, "content " + number, "blobs", "executor-0", CHANNEL, MsgId.ZERO, 31, 1));
        }
        journal.append(new JournalEvent.BlobIncluded(4, BLOB, MsgId.ZERO, BLOCK, 4));
        fault(journal, 1, "pause", "validator-0");
        fault(journal, 2, "partition", "validator-1");
        fault(journal, 3, "restart", "validator-2");
        journal.append(new JournalEvent.FaultHealed(7, 1, "validator-0 answers"));
    }

    private static void fault(Journal journal, int fault, String kind, String node) {
        journal.append(new JournalEvent.FaultRequested(5, fault, kind, List.of(node), ""));
        journal.append(new JournalEvent.FaultInForce(6, fault, node + " was seen"));
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
                .isEqualTo("[nomos] steady DRIVE: 25 % of 20 min, about 15 s left, height 5\n"
                        + "[nomos] steady DRIVE: 50 % of 20 min, about 10 s left, height 10\n")
                .doesNotContain("\r");
    }

    @Test
    void drawsABarOnATerminalAndClearsItBeforeTheNextLine() {
        var listener = listener(true);
        wall = Duration.ofMillis(100).toNanos();
        listener.progress(RunPhase.DRIVE, Duration.ofMinutes(10), Duration.ofMinutes(20), 7);
        listener.phaseEnded(new PhaseTiming(RunPhase.DRIVE, Duration.ofSeconds(1), Duration.ZERO, null));

        String bar = "[nomos] steady [===============               ] DRIVE: 50 % of 20 min, under 1 s left, height 7";
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("\r" + bar + "\r" + " ".repeat(bar.length()) + "\r[nomos] steady DRIVE: 1 s");
    }

    @Test
    void doesNotGuessTheTimeLeftFromTheFirstBlocks() {
        var listener = listener(false);
        wall = Duration.ofSeconds(5).toNanos();
        listener.progress(RunPhase.DRIVE, Duration.ofSeconds(10), Duration.ofMinutes(20), 1);

        assertThat(shown()).isEqualTo("[nomos] steady DRIVE: 0 % of 20 min, height 1\n");
    }

    @Test
    void showsTransactionsBlobsAndTheFaultsThatLast() {
        var listener = new ConsoleListener(info(TimeMode.REAL), screen(false, 120), ProgressMode.AUTO, () -> wall);
        var journal = new InMemoryJournal();
        listener.opened(journal);
        happen(journal);
        wall = Duration.ofSeconds(5).toNanos();

        listener.progress(RunPhase.DRIVE, Duration.ofMinutes(5), Duration.ofMinutes(20), 7);

        assertThat(shown())
                .isEqualTo("[nomos] steady DRIVE: 25 % of 20 min, 15 min left, height 7, 2/3 transactions, 1/2 blobs,"
                        + " in force: 1 (partition)\n");
    }

    @Test
    void aBarThatHasNoRoomLeavesOutTheDrawingAndThenTheLastParts() {
        for (int columns : new int[] {200, 118, 60}) {
            wall = 0;
            var listener =
                    new ConsoleListener(info(TimeMode.REAL), screen(true, columns), ProgressMode.AUTO, () -> wall);
            var journal = new InMemoryJournal();
            listener.opened(journal);
            happen(journal);
            wall = Duration.ofSeconds(5).toNanos();
            listener.progress(RunPhase.DRIVE, Duration.ofMinutes(10), Duration.ofMinutes(20), 7);
        }

        assertThat(shown().split("\r"))
                .containsExactly(
                        "",
                        "[nomos] steady [===============               ] DRIVE: 50 % of 20 min, 10 min left, height 7,"
                                + " 2/3 transactions, 1/2 blobs, in force: 1 (partition)",
                        "[nomos] steady DRIVE: 50 % of 20 min, 10 min left, height 7, 2/3 transactions, 1/2 blobs,"
                                + " in force: 1 (partition)",
                        "[nomos] steady DRIVE: 50 % of 20 min, 10 min left, height 7");
    }

    @Test
    void aLongNameLeavesTheBarRoomForWhatHappens() {
        var plan = Scenario.builder()
                .name("PartitionAndHealScenario.becomesOneChainAgain()")
                .backend("scripted")
                .build();
        var run = new RunInfo(plan, RunSettings.defaults(), 4711, TimeMode.REAL, null);
        var listener = new ConsoleListener(run, screen(true, 80), ProgressMode.AUTO, () -> wall);
        wall = Duration.ofSeconds(5).toNanos();
        listener.progress(RunPhase.DRIVE, Duration.ofMinutes(10), Duration.ofMinutes(20), 7);

        assertThat(shown()).isEqualTo("\r[nomos] ..esOneChainAgain() DRIVE: 50 % of 20 min, 10 min left, height 7");
    }

    @Test
    void drawsTheNodesThatAreReadyWhileTheyAreDeployed() {
        var listener = listener(true);
        var journal = new InMemoryJournal();
        listener.opened(journal);
        listener.phaseStarted(RunPhase.DEPLOY);
        journal.append(new JournalEvent.NodeStateChanged(1, "validator-0", NodeState.READY, true, "started"));

        assertThat(shown().split("\r"))
                .containsExactly(
                        "", "[nomos] steady DEPLOY: 0 of 3 nodes ready", "[nomos] steady DEPLOY: 1 of 3 nodes ready");
    }

    @Test
    void plainProgressIsNoBarOnATerminalEither() {
        var listener = new ConsoleListener(info(), screen(true, 120), ProgressMode.PLAIN, () -> wall);
        listener.phaseStarted(RunPhase.DRIVE);
        wall = Duration.ofSeconds(5).toNanos();
        listener.progress(RunPhase.DRIVE, Duration.ofMinutes(10), Duration.ofMinutes(20), 7);

        assertThat(shown())
                .isEqualTo("[nomos] steady DRIVE: 50 % of 20 min, about 5 s left, height 7\n")
                .doesNotContain("\r");
    }

    @Test
    void verboseProgressTellsWhatHappensAsItHappens() {
        var listener = new ConsoleListener(info(), screen(false, 120), ProgressMode.VERBOSE, () -> wall);
        var journal = new InMemoryJournal();
        listener.opened(journal);
        long at = Duration.ofMillis(12_300).toNanos();
        journal.append(new JournalEvent.NodeStateChanged(at, "validator-1", NodeState.DEAD, false, "exit code 3\n!"));
        journal.append(new JournalEvent.FaultRequested(at, 1, "link", List.of("validator-0"), "loss 5 %"));
        journal.append(new JournalEvent.TransactionSubmitted(at, transaction(1), "validator-0", "payer", 1));
        journal.append(new JournalEvent.TransactionRejected(at, transaction(1), "validator-0", 500, "full\u001b[2K"));

        assertThat(shown())
                .isEqualTo("[nomos] steady 12.3 s validator-1 is DEAD: exit code 3\\u000a!\n"
                        + "[nomos] steady 12.3 s fault 1 requested: link of validator-0 (loss 5 %)\n"
                        + "[nomos] steady 12.3 s validator-0 refused transaction 010000000000: 500 full\\u001b[2K\n");
    }

    @Test
    void verboseProgressTellsOnceWhatIsInTheJournalAndANotice() {
        var listener = new ConsoleListener(info(), screen(false, 120), ProgressMode.VERBOSE, () -> wall);
        var journal = new InMemoryJournal();
        listener.opened(journal);
        journal.append(new JournalEvent.Note(Duration.ofSeconds(2).toNanos(), "runner", "it is at http://here"));
        listener.notice("it is at http://here");
        listener.notice("left out: safety: none");

        assertThat(shown())
                .isEqualTo("[nomos] steady 2 s runner: it is at http://here\n"
                        + "[nomos] steady NOTICE: left out: safety: none\n");
    }

    @Test
    void runsSideBySideClearTheBarsOfEachOther() {
        var shared = screen(true, 120);
        var one = new ConsoleListener(info(), shared, ProgressMode.AUTO, () -> wall);
        var other = new ConsoleListener(info(), shared, ProgressMode.AUTO, () -> wall);
        one.phaseStarted(RunPhase.EVALUATE);
        other.notice("slow");

        String bar = "[nomos] steady EVALUATE";
        assertThat(shown()).isEqualTo("\r" + bar + "\r" + " ".repeat(bar.length()) + "\r[nomos] steady NOTICE: slow\n");
    }

    @Test
    void namesTheReportForPeopleWhereThereIsOne(@TempDir Path directory) throws IOException {
        var result = RunResults.failed(info(), List.of(), List.of(), null, null, List.of(), directory);
        var html = Files.createFile(directory.resolve("report.html"));

        listener(false).ended(result, new InMemoryJournal());

        assertThat(shown()).endsWith("[nomos] steady verdict FAILED, report " + html.toAbsolutePath() + "\n");
    }

    @Test
    void aServerThatKeepsALogIsNoTerminal() {
        assertThat(Console.isLogged(Map.of("CI", "true"))).isTrue();
        assertThat(Console.isLogged(Map.of("CI", "github"))).isTrue();
        assertThat(Console.isLogged(Map.of("TERM", "dumb"))).isTrue();
        assertThat(Console.isLogged(Map.of("CI", "false", "TERM", "xterm"))).isFalse();
        assertThat(Console.isLogged(Map.of())).isFalse();
    }

    @Test
    void readsTheWidthOfTheTerminalAsFarAsItIsTold() {
        assertThat(Console.columns("132")).isEqualTo(132);
        assertThat(Console.columns(null)).isEqualTo(80);
        assertThat(Console.columns("wide")).isEqualTo(80);
        assertThat(Console.columns("9999")).isEqualTo(1_000);
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
