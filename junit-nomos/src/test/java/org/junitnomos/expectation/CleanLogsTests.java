package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class CleanLogsTests {
    @TempDir
    Path directory;

    private final RecordedRun run = new RecordedRun(3, 0);

    @BeforeEach
    void twoNodesThatLog() throws IOException {
        run.log("validator-0", log("validator-0", "2024-01-01T00:00:00Z INFO  started"));
        run.log("validator-1", log("validator-1"));
    }

    private Path log(String node, String... lines) throws IOException {
        return Files.write(
                directory.resolve(node + ".log"), List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A line that is written in the middle of a slot. */
    private static String error(long slot, String text) {
        return RecordedRun.EPOCH.plusNanos(slot * RecordedRun.SLOT + RecordedRun.SLOT / 2) + " ERROR " + text;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01T00:00:12.5Z ERROR died of an error of its own",
                "2024-01-01T00:00:12.123456789Z ERROR program: The node died",
                "\u001b[2m2024-01-01T00:00:00.000000Z\u001b[0m \u001b[31mERROR\u001b[0m \u001b[2mnomos_da\u001b[0m: no",
                "{\"timestamp\":\"2024-01-01T00:00:00.000000Z\",\"level\":\"ERROR\",\"fields\":{\"message\":\"no\"}}",
                "thread 'main' panicked at src/main.rs:4:54:",
                "thread 'tokio-runtime-worker' (4711) panicked at src/main.rs:4:54:"
            })
    void knowsErrorsOfDevNodesAndOfRustNodes(String line) throws Exception {
        var log = log("validator-1", line);
        assertThat(ErrorLines.count(log, Pattern.compile(CleanLogs.DEFAULT_PATTERN)))
                .isOne();
    }

    @Test
    void aLineIsQuotedWithItsControlCharactersByTheirNumbers() throws Exception {
        var log = log("validator-1", "2024-01-01T00:00:12.5Z ERROR \u001b]0;title\u0007 \u2066died");
        var found = new ArrayList<String>();
        ErrorLines.read(log, Pattern.compile(CleanLogs.DEFAULT_PATTERN), line -> found.add(line.text()));

        assertThat(found).containsExactly("2024-01-01T00:00:12.5Z ERROR \\u001b]0;title\\u0007 \\u2066died");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01T00:00:12.5Z INFO  no ERROR here",
                "2024-01-01T00:00:12.5Z WARN  ERROR",
                "    at org.junitnomos.ERROR",
                "ERROR",
                "{\"level\":\"INFO\",\"message\":\"ERROR\"}"
            })
    void takesNothingElseForAnError(String line) throws Exception {
        var log = log("validator-1", line);
        assertThat(ErrorLines.count(log, Pattern.compile(CleanLogs.DEFAULT_PATTERN)))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01T00:00:12.5Z ERROR x, 2024-01-01T00:00:12.5Z",
        "2024-01-01 00:00:12.5 ERROR x, 2024-01-01T00:00:12.5Z",
        "'[2024-01-01 00:00:12,500] ERROR x', 2024-01-01T00:00:12.5Z",
        "2024-01-01T02:00:12.5+02:00 ERROR x, 2024-01-01T00:00:12.5Z",
        "2024-01-01T02:00:12.5+0200 ERROR x, 2024-01-01T00:00:12.5Z",
        "'{\"timestamp\":\"2024-01-01T00:00:12.5Z\",\"level\":\"ERROR\"}', 2024-01-01T00:00:12.5Z"
    })
    void readsTheTimeOfALine(String line, String expected) {
        assertThat(ErrorLines.time(line)).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ERROR x", "2024-13-41T00:00:12.5Z ERROR", "2024-01-01T0:0 ERROR"})
    void isContentWithLinesWithoutATime(String line) {
        assertThat(ErrorLines.time(line)).isNull();
    }

    @Test
    void holdsWithoutErrors() throws Exception {
        var expectation = new CleanLogs();
        run.capture(expectation);
        log("validator-1", "2024-01-01T00:00:12.5Z WARN  nearly");
        assertThatCode(() -> expectation.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void countsPerNodeAndQuotesTheFirstWithFileAndLine() throws Exception {
        var expectation = new CleanLogs(1, false, CleanLogs.DEFAULT_PATTERN);
        log("validator-0", error(0, "before the run"));
        run.capture(expectation);
        log("validator-0", "2024-01-01T00:00:12.5Z INFO  all is well", error(6, "first"), error(7, "second"));
        log("validator-1", "    at some.Frame", error(8, "x".repeat(400)));

        assertThatThrownBy(() -> expectation.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected at most 1 line of errors in the logs of the nodes but was 3 (validator-0 2,"
                        + " validator-1 1):\n"
                        + "  validator-0, validator-0.log:4: 2024-01-01T00:00:13Z ERROR first\n"
                        + "  validator-0, validator-0.log:5: 2024-01-01T00:00:15Z ERROR second\n"
                        + "  validator-1, validator-1.log:2: 2024-01-01T00:00:17Z ERROR " + "x".repeat(273) + "...");
    }

    @Test
    void quotesNoMoreThanFive() throws Exception {
        var expectation = new CleanLogs();
        run.capture(expectation);
        for (int i = 0; i < 9; i++) {
            log("validator-1", error(i, "number " + i));
        }
        assertThatThrownBy(() -> expectation.evaluate(run))
                .hasMessageContaining("was 9 (validator-1 9):")
                .hasMessageEndingWith("ERROR number 4\n  ...");
    }

    @Test
    void readsTheLogOfANodeThatIsNoLongerThere() throws Exception {
        var expectation = new CleanLogs();
        run.capture(expectation);
        run.at(3).state("validator-7", NodeState.REMOVED, true);
        log("validator-7", error(3, "I am gone"));
        assertThatThrownBy(() -> expectation.evaluate(run)).hasMessageContaining("validator-7, validator-7.log:1: ");
    }

    @Test
    void takesAPatternForNodesWithAFormatOfTheirOwn() throws Exception {
        var expectation = new CleanLogs(0, false, "^E\\d+ ");
        run.capture(new CleanLogs());
        run.capture(expectation);
        log("validator-1", error(3, "not one of them"), "E17 it broke");
        assertThatThrownBy(() -> expectation.evaluate(run)).hasMessageEndingWith("validator-1.log:2: E17 it broke");
    }

    @Nested
    class OfANodeThatMissedABlock {
        private final CleanLogs expectation = new CleanLogs();

        @BeforeEach
        void itIsAloneAtGenesis() throws Exception {
            run.capture(expectation);
            for (int height = 1; height < 5; height++) {
                run.at(height).tip("validator-0", RecordedTip.tip(0).height(height));
            }
            log(
                    "validator-1",
                    error(4, "cryptarchia::service: Failed to process block: ParentMissing { parent: 01, info: 02 }"),
                    error(4, "cryptarchia::service: Received block with parent 01 that is not in the ledger state."));
        }

        @Test
        void isNoErrorOnceItHasTheChain() throws Exception {
            run.at(6).tip("validator-1", RecordedTip.tip(0).height(4));

            assertThatCode(() -> expectation.evaluate(run)).doesNotThrowAnyException();
        }

        @Test
        void isAnErrorAsLongAsItIsBehind() {
            run.at(6).tip("validator-1", RecordedTip.tip(0).height(3));

            assertThatThrownBy(() -> expectation.evaluate(run)).hasMessageContaining("was 2 (validator-1 2)");
        }
    }

    @Nested
    class UnderFaults {
        private final CleanLogs excusing = new CleanLogs(0, true, CleanLogs.DEFAULT_PATTERN);

        /** A fault from slot 5 to slot 10. */
        @BeforeEach
        void faultInTheMiddle() throws Exception {
            run.capture(excusing);
            run.at(5).fault(1, "isolate").at(10).healed(1);
        }

        @Test
        void excusesLinesWhileOneIsInForceAndShortlyAfter() throws Exception {
            log("validator-1", error(5, "in force"), "thread 'main' panicked at a line without a time", error(10, "x"));
            assertThatCode(() -> excusing.evaluate(run)).doesNotThrowAnyException();
        }

        @Test
        void judgesAllOthers() throws Exception {
            log("validator-1", error(4, "before"), error(6, "in force"), error(12, "after"));
            assertThatThrownBy(() -> excusing.evaluate(run))
                    .hasMessageContaining("but was 2 (validator-1 2), without 1 under faults:\n")
                    .hasMessageContaining("ERROR before")
                    .hasMessageContaining("ERROR after");
        }

        @Test
        void excusesNothingUnlessAsked() throws Exception {
            log("validator-1", error(6, "in force"));
            assertThatThrownBy(() -> new CleanLogs().evaluate(run)).hasMessageContaining("was 1 (validator-1 1)");
        }
    }

    @Test
    void isInconclusiveWithoutLogs() {
        assertThatThrownBy(() -> new CleanLogs().evaluate(new RecordedRun(3, 0)))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("the nodes keep no logs that can be read");
    }

    @Test
    void refusesWrongSettings() {
        var plan = Scenario.builder()
                .validators(2)
                .runFor(Duration.ofMinutes(1))
                .expect(new CleanLogs(-1, false, "(open"));
        assertThatThrownBy(plan::build)
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining("clean logs: maxErrors is -1, expected 0 or more lines")
                .hasMessageContaining("clean logs: pattern is \"(open\", expected a regular expression: Unclosed");
    }
}
