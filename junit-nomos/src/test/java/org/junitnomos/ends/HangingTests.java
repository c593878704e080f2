package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.runner.JvmHalt;
import org.junitnomos.testkit.ChildJvm;

/** Whatever hangs, the build ends, names the test and the place, and leaves evidence and nothing else. */
@DisabledOnOs(OS.WINDOWS)
class HangingTests {
    private static final String HALT_AFTER = "org.junitnomos.halt-after";

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

    private ChildJvm start(String scenario, String backend, String time, String haltAfter) throws Exception {
        jvm.with("nomos.backend", backend).with("nomos.time", time).with(HALT_AFTER, haltAfter);
        return jvm.start(HangingTestCase.WarmUp.class, Class.forName(HangingTestCase.class.getName() + "$" + scenario));
    }

    private void assertExceeded() throws IOException {
        assertThat(jvm.read("report.json"))
                .contains("\"INFRASTRUCTURE\"", "the run did not end within its deadline of ", "4711");
        assertThat(jvm.read("threads.txt"))
                .startsWith("the run did not end within its deadline of ")
                .contains("org.junitnomos.ends.HangingTestCase");
        assertThat(jvm.read("journal.jsonl")).contains("deadline-exceeded").endsWith("\n");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "InTheBody, process, real, the test body runs at SilentPeer.java:",
        "Spins, embedded, virtual, the test body runs at HangingTestCase.java:",
        "SwallowsInterrupts, embedded, virtual, the test body waits at HangingTestCase.java:",
        "IgnoresInterrupts, embedded, real, the test body (runs|waits) at HangingTestCase.java:", // by the interrupt
        "CatchesEverything, embedded, real, the test body runs at ",
        "TimedOutOnItsThread, embedded, virtual, the test body runs at SilentPeer.java:",
        "BeforeTheBody, embedded, virtual, what comes before or after the test body runs at SilentPeer.java:",
        "AfterTheBody, embedded, virtual, what comes before or after the test body runs at SilentPeer.java:",
        "AfterAllTests, embedded, virtual, what comes before or after all tests runs at SilentPeer.java:",
        "InCapture, embedded, virtual, the capture of the baselines runs at SilentPeer.java:",
        "InEvaluate, embedded, virtual, the end of the drive and the evaluation runs at SilentPeer.java:",
        "InWatch, embedded, virtual, runs at SilentPeer.java:"
    })
    void theJvmIsHalted(String scenario, String backend, String time, String place) throws Exception {
        var child = start(scenario, backend, time, "4000");

        assertThat(child.awaitEnd()).isEqualTo(JvmHalt.EXIT_CODE);

        assertThat(child.text())
                .contains("JUnit Nomos: test 'HangingTestCase$" + scenario)
                .contains("hangs: the run did not end within its deadline of ")
                .containsPattern(place)
                .contains("still hangs 4 s after its deadline: ")
                .contains("This JVM is halted now, with exit code 86.")
                .contains("replay: mvn test -Dtest=");
        assertExceeded();
        assertThat(jvm.read("unfinished.txt"))
                .contains("the run did not end within its deadline", "seed 4711", "replay mvn test -Dtest=");
        jvm.assertNothingIsLeft();
    }

    /** Processes of the test JVM but itself and its reaper. */
    private List<String> nodes(ChildJvm child) {
        return jvm.processes().stream()
                .filter(each -> !each.startsWith(child.pid() + " ") && !each.contains("session.Reaper"))
                .toList();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"InTheBody, embedded, virtual", "InTheBody, process, real"})
    void aBodyThatEndsBeforeTheHaltEndsItsRunInOrder(String scenario, String backend, String time) throws Exception {
        var child = start(scenario, backend, time, "50000");
        child.await("driving ");
        boolean outside = backend.equals("process");
        assertThat(nodes(child).isEmpty()).isEqualTo(!outside);
        child.await("JUnit Nomos: test ");
        await().atMost(TestJvm.LIMIT).until(() -> nodes(child).isEmpty());
        assertThat(child.process().isAlive()).isTrue();
        assertThat(jvm.read("report.json")).contains("\"INFRASTRUCTURE\"");
        child.say("go on");

        assertThat(child.await("ended spins"))
                .contains("FAILED")
                .contains("the run could not be finished: the run did not end within its deadline of ")
                .doesNotContain("1 ns");
        child.await("launcher ended");
        assertThat(child.awaitEnd()).isZero();
        assertExceeded();
        jvm.assertEvidence();
        assertThat(jvm.run().resolve("unfinished.txt")).doesNotExist();
        assertThat(jvm.read("journal.jsonl").lines()).anyMatch(line -> line.contains("run-ended"));
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "Polls, embedded, virtual, the test body runs at ",
        "Polls, process, real, the test body runs at ",
        "InAWorkload, embedded, virtual, workload 'spinner' runs at SilentPeer.java:",
        "InAWorkload, embedded, real, ''"
    })
    void theTestFailsAndTheJvmGoesOn(String scenario, String backend, String time, String place) throws Exception {
        var child = start(scenario, backend, time, "50000");

        assertThat(child.awaitLine(line -> line.startsWith("ended p") && line.contains("FAILED")))
                .contains("FAILED")
                .contains(place)
                .doesNotContain("1 ns");
        child.await("launcher ended");
        assertThat(child.awaitEnd()).isZero();
        assertThat(child.text()).doesNotContain("halted now");
        jvm.assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"embedded, virtual", "embedded, real"})
    void aBodyThatIsGivenUpHoldsUpNobody(String backend, String time) throws Exception {
        var child = start("GivenUpOnAnotherThread", backend, time, "50000");

        assertThat(child.await("ended spins"))
                .contains("FAILED java.util.concurrent.TimeoutException: spins() timed out after 3 seconds");
        child.await("launcher ended");
        assertThat(child.awaitEnd()).isZero();
        assertThat(child.text()).doesNotContain("1 ns", "halted now");
        assertThat(jvm.read("report.json")).containsPattern("\"verdict\" : \"(FAILED|INFRASTRUCTURE)\"");
        jvm.assertNothingIsLeft();
    }
}
