package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.HeaderId;
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
import org.junitnomos.topology.NodeState;

@ExtendWith(DeclaredBackends.class)
class JsonReportTests {
    private static final TxHash FIRST = TxHash.fromHex("11".repeat(32));
    private static final TxHash SECOND = TxHash.fromHex("22".repeat(32));
    private static final HeaderId BLOCK = HeaderId.fromHex("33".repeat(32));

    @TempDir
    Path directory;

    private JsonNode report;

    @BeforeEach
    void writeAReport() throws IOException {
        var info = new RunInfo(plan(), RunSettings.defaults(), 4711, TimeMode.VIRTUAL, "Steady#survives");
        var journal = new InMemoryJournal();
        events().forEach(journal::append);
        var result = RunResults.failed(
                info,
                List.of(new ExpectationResult("growth", Verdict.FAILED, "height 3", new AssertionError("x"))),
                List.of(new WorkloadResult("payer", null, null)),
                new AssertionError("body says no"),
                "the test body failed",
                List.of(new PhaseTiming(RunPhase.DRIVE, Duration.ofMillis(12), Duration.ofSeconds(60), null)),
                directory);
        new JsonReporter().open(info).ended(result, journal);
        report = new ObjectMapper().readTree(directory.resolve("report.json").toFile());
    }

    private static Scenario plan() {
        return Scenario.builder()
                .name("steady")
                .backend("scripted")
                .validators(2)
                .build();
    }

    private static List<JournalEvent> events() {
        return List.of(
                new JournalEvent.NodeStateChanged(0, "validator-0", NodeState.READY, true, "ready"),
                new JournalEvent.FaultRequested(5_000_000, 1, "isolate", List.of("validator-1"), ""),
                new JournalEvent.FaultInForce(7_000_000, 1, "no peers"),
                new JournalEvent.LoadDelivered(
                        1, "payer", "transactions", 168, 53, 50, Map.of("no node answered", 118L)),
                new JournalEvent.TransactionSubmitted(1, FIRST, "validator-0", "payer", 1),
                new JournalEvent.TransactionSubmitted(2, FIRST, "validator-1", "payer", 2),
                new JournalEvent.TransactionSubmitted(2, SECOND, "validator-0", "auditor", 1),
                new JournalEvent.TransactionAccepted(3, FIRST, "validator-0"),
                new JournalEvent.TransactionAccepted(3, SECOND, "validator-0"),
                new JournalEvent.TransactionRejected(3, FIRST, "validator-1", 500, "known"),
                new JournalEvent.BlockObserved(4, "validator-0", BLOCK, BLOCK, 3, 1, "00", List.of()),
                new JournalEvent.TransactionIncluded(4, FIRST, BLOCK, 1),
                new JournalEvent.TransactionIncluded(4, SECOND, BLOCK, 1),
                new JournalEvent.TransactionOrphaned(5, SECOND, BLOCK),
                new JournalEvent.TipChanged(6, "validator-1", BLOCK, 1, 3, BLOCK, 0, 2),
                new JournalEvent.DependentSubmitted(7, SECOND, FIRST, "auditor"),
                new JournalEvent.DependentSubmitted(8, FIRST, SECOND, "auditor"),
                new JournalEvent.Note(8_000_000, "test", "hello"));
    }

    @Test
    void tellsWhatWasDeliveredOfTheLoadAndWhyNotMore() {
        assertThat(report.get("load").toString())
                .isEqualTo("[{\"workload\":\"payer\",\"load\":\"transactions\",\"planned\":168,\"submitted\":53,"
                        + "\"accepted\":50,\"missed\":{\"no node answered\":118}}]");
    }

    @Test
    void namesTheRunAndItsVerdict() {
        assertThat(report.get("format").asInt()).isEqualTo(1);
        assertThat(report.get("scenario").asText()).isEqualTo("steady");
        assertThat(report.get("test").asText()).isEqualTo("Steady#survives");
        assertThat(report.get("verdict").asText()).isEqualTo("FAILED");
        assertThat(report.get("seed").asLong()).isEqualTo(4711);
        assertThat(report.get("replay").asText()).isEqualTo("mvn test -Dtest=Steady#survives -Dnomos.seed=4711");
        assertThat(report.get("system_under_test").asText()).isEqualTo("scripted node");
        assertThat(report.get("cut").asText()).isEqualTo("the test body failed");
        assertThat(report.get("failures").get("body").asText()).isEqualTo("java.lang.AssertionError: body says no");
        assertThat(report.get("failures").get("infrastructure").isNull()).isTrue();
        assertThat(report.get("plan").get(0).asText()).isEqualTo("scenario: steady, backend scripted, virtual time");
        assertThat(report.get("versions").get("java").asText()).isEqualTo(System.getProperty("java.version"));
    }

    @Test
    void listsExpectationsWorkloadsAndPhases() {
        assertThat(report.get("expectations"))
                .hasToString("[{\"name\":\"growth\",\"verdict\":\"FAILED\",\"text\":\"height 3\"}]");
        assertThat(report.get("workloads")).hasToString("[{\"name\":\"payer\",\"problem\":null}]");
        assertThat(report.get("phases"))
                .hasToString("[{\"phase\":\"DRIVE\",\"wall_ms\":12,\"protocol_ms\":60000,\"problem\":null}]");
    }

    @Test
    void accountsForTransactionsAndBlocks() {
        assertThat(report.get("transactions"))
                .hasToString("{\"planned\":0,\"submitted\":2,\"submissions\":3,\"accepted\":2,\"rejections\":1,"
                        + "\"included\":1,\"orphanings\":1,\"final\":0,\"missing\":1,\"by_workload\":{"
                        + "\"auditor\":{\"submitted\":1,\"submissions\":1,\"accepted\":1,\"rejections\":0,"
                        + "\"included\":0,\"orphanings\":1,\"final\":0,\"missing\":1},"
                        + "\"payer\":{\"submitted\":1,\"submissions\":2,\"accepted\":1,\"rejections\":1,"
                        + "\"included\":1,\"orphanings\":0,\"final\":0,\"missing\":0}}}");
        assertThat(report.get("blocks"))
                .hasToString(
                        "{\"expected_in_run_window\":" + plan().expectedBlocks() + ",\"observed\":1,\"height\":1}");
    }

    @Test
    void listsEveryNodeAndFault() {
        assertThat(report.get("nodes"))
                .hasToString("[{\"name\":\"validator-0\",\"state\":\"READY\",\"reason\":\"ready\",\"height\":0,"
                        + "\"lib_height\":-1,\"restarts\":0,\"reorgs\":0,\"deepest_reorg\":0,\"unreadable\":0,\"contradictions\":[]},"
                        + "{\"name\":\"validator-1\",\"state\":null,\"reason\":null,\"height\":1,\"lib_height\":0,"
                        + "\"restarts\":0,\"reorgs\":1,\"deepest_reorg\":2,\"unreadable\":0,\"contradictions\":[]}]");
        assertThat(report.get("faults"))
                .hasToString("[{\"fault\":1,\"kind\":\"isolate\",\"targets\":[\"validator-1\"],\"detail\":\"\","
                        + "\"requested_ms\":5,\"in_force_ms\":7,\"healed_ms\":null,\"proof\":\"no peers\"}]");
        assertThat(report.get("notes")).hasToString("[{\"at_ms\":8,\"author\":\"test\",\"text\":\"hello\"}]");
    }

    @Test
    void warnsOfTransactionsThatWereSubmittedTooEarly() {
        assertThat(report.get("warnings")).hasSize(1);
        assertThat(report.get("warnings").get(0).asText())
                .startsWith("auditor submitted transactions before what they build on was in a block, 2 in all, first "
                        + SECOND.toHex() + " on " + FIRST.toHex())
                .contains("lost with a chance of one half (node contract 3.5)");
    }

    @Test
    void leavesNothingButTheReportBehind() {
        assertThat(directory).isDirectoryContaining(file -> file.endsWith("report.json"));
        assertThat(directory.toFile().list()).containsExactly("report.json");
    }
}
