package org.junitnomos.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.runner.ExpectationResult;
import org.junitnomos.runner.PhaseTiming;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.RunResults;
import org.junitnomos.runner.WorkloadResult;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** A failed run in which everything that a node or a test can say tries to become code of the page. */
final class HostileRun {
    /** Ends the element of the data, runs script in several ways, opens a comment, turns the text around. */
    static final String HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\">"
            + "<svg onload='window.hacked=1'>javascript:window.hacked=1 <!-- ]]> \u2028 \u202e"
            + " \ud800 ${window.hacked=1}";

    static final HeaderId BLOCK = HeaderId.fromHex("ab".repeat(32));
    static final HeaderId FORK = HeaderId.fromHex("cd".repeat(32));
    static final TxHash TRANSACTION = TxHash.fromHex("11".repeat(32));

    private static final HeaderId GENESIS = HeaderId.fromHex("00".repeat(32));
    private static final long SECOND = 1_000_000_000;

    private HostileRun() {}

    static RunResult result(RunSettings settings, Path directory) throws IOException {
        return result(settings, directory, "Steady#survives");
    }

    static RunResult result(RunSettings settings, Path directory, String test) throws IOException {
        var nodes = Files.createDirectories(directory.resolve("nodes"));
        Files.writeString(
                nodes.resolve("validator-0.log"),
                "2026-01-01T00:00:04Z ERROR " + HOSTILE.replace("\ud800", "") + "\n\u001b[31mcolored\u001b[0m\n");
        var plan = Scenario.builder()
                .name("steady " + HOSTILE)
                .backend("scripted")
                .validators(2)
                .build();
        var info = new RunInfo(plan, settings, 4711, TimeMode.VIRTUAL, test);
        return RunResults.failed(
                info,
                List.of(
                        new ExpectationResult(
                                "growth " + HOSTILE,
                                Verdict.FAILED,
                                "block " + BLOCK.toHex() + " on validator-1 from slot 1 to slot 3, transaction "
                                        + TRANSACTION.toHex() + " at height 2: fewer than 7 once in 1,000 runs\n"
                                        + HOSTILE,
                                new AssertionFailedError("x", HOSTILE, HOSTILE)),
                        new ExpectationResult("safety", Verdict.PASSED, null, null)),
                List.of(new WorkloadResult("payer " + HOSTILE, HOSTILE, new AssertionError(HOSTILE))),
                new AssertionError("body says " + HOSTILE),
                "growth " + HOSTILE,
                List.of(new PhaseTiming(RunPhase.DRIVE, Duration.ofMillis(12), Duration.ofSeconds(60), HOSTILE)),
                directory);
    }

    static InMemoryJournal journal() {
        var journal = new InMemoryJournal();
        events().forEach(journal::append);
        return journal;
    }

    private static List<JournalEvent> events() {
        return List.of(
                new JournalEvent.PhaseStarted(0, RunPhase.DRIVE),
                new JournalEvent.NodeStateChanged(0, "validator-0", NodeState.SPAWNED, true, HOSTILE),
                new JournalEvent.NodeStateChanged(SECOND, "validator-0", NodeState.READY, true, HOSTILE),
                new JournalEvent.NodeStateChanged(SECOND, HOSTILE, NodeState.DEAD, false, HOSTILE),
                new JournalEvent.FeedBlind(2 * SECOND, "validator-1", HOSTILE),
                new JournalEvent.BlockObserved(3 * SECOND, "validator-0", BLOCK, GENESIS, 1, 1, "00", List.of()),
                new JournalEvent.TipChanged(3 * SECOND, "validator-0", BLOCK, 1, 1, GENESIS, 0, 0),
                new JournalEvent.BlockObserved(4 * SECOND, "validator-1", FORK, GENESIS, 1, 1, "00", List.of()),
                new JournalEvent.TipChanged(4 * SECOND, "validator-1", FORK, 1, 1, GENESIS, 0, 0),
                new JournalEvent.TipChanged(5 * SECOND, "validator-1", BLOCK, 1, 1, GENESIS, 0, 1),
                new JournalEvent.TransactionSubmitted(3 * SECOND, TRANSACTION, "validator-0", "payer " + HOSTILE, 1),
                new JournalEvent.TransactionRejected(3 * SECOND, TRANSACTION, "validator-0", 500, HOSTILE),
                new JournalEvent.ContradictionSeen(5 * SECOND, "validator-0", HOSTILE, HOSTILE, HOSTILE, 4 * SECOND, 3),
                new JournalEvent.FaultPlanned(5 * SECOND, HOSTILE, 0, 0, HOSTILE, List.of("validator-1"), 0),
                new JournalEvent.FaultRequested(5 * SECOND, 1, "cut " + HOSTILE, List.of("validator-1"), HOSTILE),
                new JournalEvent.FaultInForce(6 * SECOND, 1, HOSTILE),
                new JournalEvent.FaultHealed(7 * SECOND, 1, HOSTILE),
                new JournalEvent.MetricsSampled(
                        7 * SECOND, "validator-0", Map.of("m{l=\"" + HOSTILE + "\"}", "1"), null),
                new JournalEvent.MetricsSampled(
                        8 * SECOND, "validator-0", Map.of("m{l=\"" + HOSTILE + "\"}", "2"), null),
                new JournalEvent.LoadDelivered(8 * SECOND, "payer", HOSTILE, 9, 1, 0, Map.of(HOSTILE, 8L)),
                new JournalEvent.Note(8 * SECOND, "test", HOSTILE),
                new JournalEvent.PhaseEnded(9 * SECOND, RunPhase.DRIVE, "growth " + HOSTILE));
    }
}
