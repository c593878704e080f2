package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.LogLevel;
import org.opentest4j.AssertionFailedError;

class LogBudgetTests {
    private static final LogBudget BUDGET = LogBudget.atMost(2, "peer .* lost").level(LogLevel.WARN);

    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun(2, 0);

    @BeforeEach
    void begin() throws IOException {
        log("validator-0", "WARN peer 7 lost, before the run");
        log("validator-1", "INFO begins");
        run.log("validator-0", file("validator-0")).log("validator-1", file("validator-1"));
    }

    private Path file(String node) {
        return directory.resolve(node + ".log");
    }

    private void log(String node, String... lines) throws IOException {
        for (var line : lines) {
            Files.writeString(
                    file(node),
                    "2024-01-01T00:00:01Z  " + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    @Test
    void countsEachNodesLinesOfTheRun() throws Exception {
        run.capture(BUDGET);
        log("validator-0", "WARN peer 1 lost", "WARN peer 2 lost", "ERROR peer 3 lost", "WARN peer 4 found");
        log("validator-1", "WARN peer 1 lost", "\u001b[33mWARN\u001b[0m peer 2 lost");

        assertThatCode(() -> BUDGET.evaluate(run)).doesNotThrowAnyException();

        log("validator-1", "WARN peer 3 lost");
        assertThatThrownBy(() -> BUDGET.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected at most 2 lines of level WARN that match /peer .* lost/ of each node but:\n"
                        + "  validator-1: 3\n"
                        + "    validator-1.log:2: 2024-01-01T00:00:01Z  WARN peer 1 lost\n"
                        + "    validator-1.log:3: 2024-01-01T00:00:01Z  WARN peer 2 lost\n"
                        + "    validator-1.log:4: 2024-01-01T00:00:01Z  WARN peer 3 lost");
    }

    @Test
    void countsAnyLevelIfNoneIsNamed() throws Exception {
        var any = LogBudget.atMost(0, "lost");
        run.capture(any);
        log("validator-0", "ERROR peer 3 lost");

        assertThatThrownBy(() -> any.evaluate(run))
                .hasMessageContaining(
                        "expected at most 0 lines that match /lost/ of each node but:\n  validator-0: 1\n");
    }

    @Test
    void leavesOutWhatHealthyNodesLog() throws Exception {
        var errors = LogBudget.atMost(0, "").level(LogLevel.ERROR);
        run.capture(errors);
        log("validator-0", "ERROR broadcast_service: Could not send to new blocks channel: channel closed");

        assertThatCode(() -> errors.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void isInconclusiveWithoutALog() {
        assertThatThrownBy(() -> BUDGET.on("validator-7").evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("validator-7 keeps no log that can be read");
    }

    private static void isRefused(LogBudget budget, String problem) {
        assertThatThrownBy(() -> Scenario.builder()
                        .validators(2)
                        .runFor(Duration.ofSeconds(40))
                        .expect(budget)
                        .build())
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesWhatCanNotBeCounted() {
        isRefused(LogBudget.atMost(-1, ""), "atMost is -1, expected 0 or more lines. Change the number.");
        isRefused(LogBudget.atMost(1, "("), "pattern is \"(\", expected a regular expression: Unclosed group");
        isRefused(BUDGET.on("validator-2"), "node is \"validator-2\", expected one of [validator-0, validator-1].");
    }

    @Test
    void namesNoPatternWhereAnyLineCounts() throws Exception {
        var any = LogBudget.atMost(0, "").level(LogLevel.WARN);
        run.capture(any);
        log("validator-1", "WARN peer 3 lost");

        assertThat(BUDGET.name()).isEqualTo("at most 2 lines of level WARN that match /peer .* lost/");
        assertThat(any.name()).isEqualTo("at most 0 lines of level WARN");
        assertThat(any.on("validator-1").name()).isEqualTo("at most 0 lines of level WARN on validator-1");
        assertThatThrownBy(() -> any.evaluate(run))
                .hasMessageStartingWith("expected at most 0 lines of level WARN of each node but:\n  validator-1: 1\n");
    }
}
