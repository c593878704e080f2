package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.runner.ScriptedRuns.journal;
import static org.junitnomos.runner.ScriptedRuns.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;

@ExtendWith(DeclaredBackends.class)
class RunCleanupTests {
    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory);
    }

    @Nested
    class CleaningUp {
        @Test
        void throwsWhenTheRunPassedAndSomethingIsLeftBehind() {
            runs.deployer.closeFailure = new DeploymentException("1 node still runs", null);
            var run = runs.run(plan().build());
            run.finish();

            assertThatThrownBy(run::close)
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("cleanup failed: 1 node still runs\n");
            assertThat(run.result()).get().extracting(RunResult::verdict).isEqualTo(Verdict.INFRASTRUCTURE);
            run.close();
        }

        @Test
        void neverMasksTheFailureOfTheRun() {
            runs.deployer.closeFailure = new DeploymentException("1 node still runs", null);
            var run = runs.run(plan().expect(Expectation.that("growth", each -> {
                        throw new AssertionError("no growth");
                    }))
                    .build());
            var failure = run.finish().expectations().get(0).failure();

            run.close();

            assertThat(run.result()).get().extracting(RunResult::verdict).isEqualTo(Verdict.FAILED);
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(suppressed -> assertThat(suppressed).hasMessageContaining("1 node still runs"));
        }

        @Test
        void healsWhatTheBodyLeftAndPutsItOnRecord() throws IOException {
            var result = runs.run(plan().build()).runToEnd(run -> {
                run.control().isolate("validator-1");
                run.control().stop("validator-0");
            });

            assertThat(runs.deployer.calls)
                    .containsExactly("deploy", "isolate validator-1", "stop validator-0", "heal all", "close");
            assertThat(journal(result))
                    .filteredOn(event -> event.getClass().getSimpleName().startsWith("Fault"))
                    .extracting(Object::toString)
                    .containsExactly(
                            "FaultRequested[at=10000000, fault=1, kind=isolate, targets=[validator-1], detail=]",
                            "FaultInForce[at=10000000, fault=1, proof=isolate observed]",
                            "FaultRequested[at=10000000, fault=2, kind=stop, targets=[validator-0], detail=]",
                            "FaultInForce[at=10000000, fault=2, proof=stop observed]",
                            "FaultHealed[at=20010000000, fault=1, proof=heal observed]");
        }

        @Test
        void isInfrastructureWhenAFaultCannotBeHealed() {
            runs.deployer.healFailure = new DeploymentException("link stays down", null);

            var result = runs.run(plan().build()).runToEnd(run -> run.control().isolate("validator-1"));

            assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
            assertThat(result.infrastructureFailure())
                    .hasMessageStartingWith("the faults could not be healed: link stays down\n");
        }

        @Test
        void worksWithoutAnyOtherPhase() {
            runs.run(plan().build()).close();

            assertThat(runs.deployer.calls).isEmpty();
            assertThat(directory).isEmptyDirectory();
        }

        @Test
        void worksWhenTheRunWasNeverFinished() {
            var run = runs.run(
                    plan().expect(Expectation.that("growth", each -> {})).build());
            run.start();

            run.close();

            assertThat(run.result()).get().satisfies(result -> {
                assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
                assertThat(result.expectations().get(0).text())
                        .isEqualTo("not evaluated: the run was closed before it was finished");
            });
            assertThat(runs.heard).contains("evaluated INFRASTRUCTURE", "ended INFRASTRUCTURE");
        }

        @Test
        void refusesWhoeverUsesTheRunAfterwards() {
            var seen = new ArrayList<RunContext>();
            runs.run(plan().build()).runToEnd(seen::add);

            assertThatThrownBy(() -> seen.get(0).cluster())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "the run of scenario 'scripted' (seed 4711) is closed; nothing can be asked of its cluster"
                                    + " any more");
        }
    }

    @Nested
    class Deadlines {
        @ParameterizedTest
        @EnumSource(TimeMode.class)
        void endADeployThatHangsAndKeepTheEvidence(TimeMode time) throws IOException {
            var hangs = new CountDownLatch(1);
            var plan = plan().time(time)
                    .slot(Duration.ofMillis(10))
                    .runFor(Duration.ofMillis(100))
                    .cooldown(Duration.ZERO)
                    .deadline(Duration.ofMillis(400))
                    .expect(Expectation.that("growth", each -> {}))
                    .build();

            var result = runs.run(plan).runToEnd(run -> hangs.await());

            assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
            assertThat(result.infrastructureFailure())
                    .hasMessageContaining("the run did not end within its deadline of 400 ms of real time");
            assertThat(result.expectations())
                    .extracting(ExpectationResult::verdict)
                    .containsExactly(Verdict.INFRASTRUCTURE);
            assertThat(Files.readString(result.directory().resolve("threads.txt")))
                    .startsWith("the run did not end within its deadline of 400 ms")
                    .contains("RunCleanupTests");
            assertThat(journal(result))
                    .filteredOn(JournalEvent.DeadlineExceeded.class::isInstance)
                    .hasSize(1);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
