package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.NeedsDocker;

/** Whatever ends a test JVM, it leaves evidence and nothing else. */
@DisabledOnOs(OS.WINDOWS)
class EndsOfTheJvmTests {
    private static final int SIGINT_EXIT = 130;
    private static final int SIGTERM_EXIT = 143;
    private static final int SIGKILL_EXIT = 137;

    @TempDir
    Path directory;

    private TestJvm jvm;

    @BeforeEach
    void prepare() throws IOException {
        jvm = new TestJvm(directory);
    }

    @AfterEach
    void end() {
        jvm.close();
    }

    private ChildJvm start(Class<?> scenario, String backend, String time) throws Exception {
        jvm.with("nomos.backend", backend).with("nomos.time", time);
        jvm.with("ends.outside", Boolean.toString(backend.equals("embedded")));
        var child = jvm.start(scenario);
        child.await("driving ");
        return child;
    }

    /** Start it, and see that it has something to clean up and a reaper to do so; then let it go on. */
    private ChildJvm drive(Class<?> scenario, String backend, String time) throws Exception {
        var child = start(scenario, backend, time);
        assertThat(jvm.sessions()).hasSize(1);
        await().atMost(TestJvm.LIMIT)
                .until(() -> jvm.processes().stream().anyMatch(each -> each.contains("session.Reaper")));
        child.say("go on");
        return child;
    }

    private static void signal(String signal, long target) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, "--", Long.toString(target))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void assertReportSays(String reason) throws IOException {
        assertThat(jvm.read("report.json"))
                .contains("\"INFRASTRUCTURE\"")
                .contains("the run was cut off: " + reason)
                .contains("4711");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "embedded, real", "process, real"})
    void sigtermLeavesAReport(String backend, String time) throws Exception {
        var child = drive(EndingTestCase.WaitsOnTheClock.class, backend, time);
        signal("TERM", child.pid());
        assertThat(child.awaitEnd()).isEqualTo(SIGTERM_EXIT);
        jvm.assertEvidence();
        assertReportSays("the JVM got the signal SIGTERM");
        assertThat(jvm.read("journal.jsonl")).contains("the run was cut off: the JVM got the signal SIGTERM");
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void sigtermIsNotHeldUpByABodyThatDoesNotListen() throws Exception {
        var child = drive(EndingTestCase.NeverListens.class, "embedded", "virtual");
        signal("TERM", child.pid());
        assertThat(child.awaitEnd()).isEqualTo(SIGTERM_EXIT);
        jvm.assertEvidence();
        assertReportSays("the JVM got the signal SIGTERM");
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "process, real"})
    void ctrlCLeavesAReport(String backend, String time) throws Exception {
        var child = drive(EndingTestCase.WaitsOnTheClock.class, backend, time);
        signal("INT", -child.pid());
        assertThat(child.awaitEnd()).isEqualTo(SIGINT_EXIT);
        jvm.assertEvidence();
        assertReportSays("the JVM got the signal SIGINT");
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "embedded, real", "process, real"})
    void exitInTheBodyLeavesAReport(String backend, String time) throws Exception {
        var child = drive(EndingTestCase.CallsExit.class, backend, time);
        assertThat(child.awaitEnd()).isEqualTo(3);
        jvm.assertEvidence();
        assertReportSays("System.exit was called by thread 'main' at ");
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "process, real"})
    void anOutOfMemoryErrorLeavesAReport(String backend, String time) throws Exception {
        var child = drive(EndingTestCase.RunsOutOfMemory.class, backend, time);
        child.await("launcher ended");
        child.awaitEnd();
        jvm.assertEvidence();
        assertReportSays("JUnit ended its session without ending the run; the test body had failed: "
                + "OutOfMemoryError: Java heap space");
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "TimesOutOnItsThread, embedded, virtual",
        "TimesOutOnAnotherThread, embedded, virtual",
        "TimesOutOnItsThread, process, real",
        "TimesOutOnAnotherThread, process, real"
    })
    void aTimeoutLeavesAReport(String scenario, String backend, String time) throws Exception {
        // its time runs while this JVM looks at it, so nothing is asked of it alive
        var child = start(Class.forName(EndingTestCase.class.getName() + "$" + scenario), backend, time);
        assertThat(child.await("ended hangs")).contains("FAILED java.util.concurrent.TimeoutException: hangs");
        child.await("launcher ended");
        jvm.assertEvidence();
        assertThat(jvm.read("report.json")).containsPattern("\"verdict\" : \"(FAILED|INFRASTRUCTURE)\"");
        assertThat(jvm.read("timeout-threads.txt")).contains("org.junitnomos.ends.EndingTestCase$");
        assertThat(child.awaitEnd()).isZero();
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "process, real"})
    void aHaltLeavesALineThatSaysSo(String backend, String time) throws Exception {
        var child = drive(EndingTestCase.Halts.class, backend, time);
        assertThat(child.awaitEnd()).isEqualTo(4);
        jvm.assertEvidence();
        assertCutOffWithoutWarning();
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "process, real"})
    void sigkillLeavesALineThatSaysSo(String backend, String time) throws Exception {
        var child = drive(EndingTestCase.WaitsOnTheClock.class, backend, time);
        child.kill();
        assertThat(child.awaitEnd()).isEqualTo(SIGKILL_EXIT);
        jvm.assertEvidence();
        assertCutOffWithoutWarning();
        jvm.assertNothingIsLeft();
    }

    /** Nodes in containers end only if their engine is told so. */
    @Nested
    @NeedsDocker
    class WithContainers {
        private void assertNothingIsLeft(ChildJvm child) {
            jvm.assertNothingIsLeft();
            await().atMost(TestJvm.LIMIT)
                    .untilAsserted(() -> assertThat(new EngineLeftovers().of(child.pid() + "."))
                            .isEmpty());
        }

        @Test
        void sigtermLeavesAReport() throws Exception {
            var child = drive(EndingTestCase.WaitsOnTheClock.class, "container", "real");
            assertThat(new EngineLeftovers().of(child.pid() + ".")).isNotEmpty();
            signal("TERM", child.pid());
            assertThat(child.awaitEnd()).isEqualTo(SIGTERM_EXIT);
            jvm.assertEvidence();
            assertReportSays("the JVM got the signal SIGTERM");
            assertNothingIsLeft(child);
        }

        @Test
        void exitInTheBodyLeavesAReport() throws Exception {
            var child = drive(EndingTestCase.CallsExit.class, "container", "real");
            assertThat(child.awaitEnd()).isEqualTo(3);
            jvm.assertEvidence();
            assertReportSays("System.exit was called by thread 'main' at ");
            assertNothingIsLeft(child);
        }
    }

    private void assertCutOffWithoutWarning() throws IOException {
        assertThat(jvm.read("unfinished.txt"))
                .startsWith("This run has not ended. Either its JVM (pid ")
                .contains("forkedProcessTimeoutInSeconds of Surefire", "seed 4711", "-Dnomos.seed=4711");
        assertThat(jvm.read("journal.jsonl").lines()).noneMatch(line -> line.contains("run-ended"));
        assertThat(jvm.run().resolve("report.json")).doesNotExist();
        assertThat(jvm.read("journal.jsonl")).endsWith("\n");
    }
}
