package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitnomos.runner.ScriptedRuns.journal;
import static org.junitnomos.runner.ScriptedRuns.phases;
import static org.junitnomos.runner.ScriptedRuns.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

@ExtendWith(DeclaredBackends.class)
class FailingRunTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory);
    }

    @Nested
    class FailingExpectations {
        private Scenario threeVerdicts() {
            return plan().expect(Expectation.that("growth", run -> {
                        throw new AssertionFailedError("expected height 30 but was 12 on validator-1", 30, 12);
                    }))
                    .expect(Expectation.that("safety", run -> {}))
                    .expect(Expectation.that("inclusion", run -> {
                        throw new InconclusiveException("only 3 slots");
                    }))
                    .expect(Expectation.that("broken", run -> {
                        throw new IllegalStateException("no such thing");
                    }))
                    .build();
        }

        @Test
        void evaluatesAllOfThem() {
            var result = runs.run(threeVerdicts()).runToEnd(run -> {});

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.expectations())
                    .extracting(ExpectationResult::name, ExpectationResult::verdict, ExpectationResult::text)
                    .containsExactly(
                            tuple("growth", Verdict.FAILED, "expected height 30 but was 12 on validator-1"),
                            tuple("safety", Verdict.PASSED, null),
                            tuple("inclusion", Verdict.INCONCLUSIVE, "inconclusive: only 3 slots"),
                            tuple(
                                    "broken",
                                    Verdict.FAILED,
                                    "its evaluation failed with IllegalStateException: no such thing"));
            assertThat(catchThrowable(result::orThrow)).isInstanceOf(MultipleFailuresError.class);
        }

        @Test
        void showsTheControlCharactersOfNodesByTheirNumbers() {
            var plan = plan().expect(Expectation.that("growth", run -> {
                        throw new AssertionFailedError("validator-1 said \u001b[2J\u202e");
                    }))
                    .build();

            assertThatThrownBy(() -> runs.run(plan).runToEnd(run -> {}).orThrow())
                    .hasMessageStartingWith("growth: validator-1 said \\u001b[2J\\u202e\n");
        }

        @Test
        void saysEverythingOneNeedsToLookFurther() {
            var result = runs.run(threeVerdicts()).runToEnd(run -> {});

            var run = result.directory();
            assertThat(result.expectations().get(0).failure())
                    .isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
                        assertThat(failure.getExpected().getValue()).isEqualTo(30);
                        assertThat(failure.getActual().getValue()).isEqualTo(12);
                    })
                    .hasMessage("growth: expected height 30 but was 12 on validator-1"
                            + "\n  ran: the whole run window of 20 s"
                            + "\n  cluster: 2 validators, 0 executors, star on backend scripted, virtual time"
                            + "\n  system under test: scripted node"
                            + "\n  seed: 4711"
                            + "\n  logs: " + run.resolve("nodes")
                            + "\n  journal: " + run.resolve("journal.jsonl")
                            + "\n  report: " + run.resolve("report.html")
                            + "\n  replay: mvn test -Dtest=SteadyState#survives -Dnomos.seed=4711");
        }

        @Test
        void saysItOnceAndPointsToWhereItWasFound() {
            var expectations = runs.run(threeVerdicts()).runToEnd(run -> {}).expectations();

            var found = expectations.get(0).failure();
            assertThat(found).hasNoCause();
            assertThat(found.getStackTrace()[0].getClassName()).isEqualTo(FailingExpectations.class.getName());
            assertThat(expectations.get(3).failure())
                    .hasCauseExactlyInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no such thing");
        }

        @Test
        void abortsForWhatCannotBeJudgedUnlessStrict() {
            var plan = plan().expect(Expectation.that("inclusion", run -> {
                        throw new InconclusiveException("only 3 slots");
                    }))
                    .build();

            var lenient = runs.run(plan).runToEnd(run -> {});
            var strict = runs.run(plan, runs.settings().withStrict(true)).runToEnd(run -> {});

            assertThat(lenient.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(lenient.expectations().get(0).failure())
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageStartingWith("inclusion: inconclusive: only 3 slots\n");
            assertThat(strict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(strict.expectations().get(0).failure()).isInstanceOf(AssertionFailedError.class);
        }

        @Test
        void keepsTheStateOfNodes() throws IOException {
            var result = runs.run(threeVerdicts())
                    .runToEnd(run -> Files.createFile(run.directory().resolve("state")));

            assertThat(result.directory().resolve("state")).exists();
        }

        @ParameterizedTest
        @EnumSource(TimeMode.class)
        void endsTheRunAtTheFirstViolationThatIsWatched(TimeMode time) throws IOException {
            var plan = plan().time(time)
                    .runFor(Duration.ofMinutes(10))
                    .deadline(Duration.ofMinutes(20))
                    .cooldown(Duration.ZERO)
                    .expect(new ScriptedRuns.Watching("no surprise", event -> {
                        if (event instanceof JournalEvent.Note note
                                && note.text().equals("surprise")) {
                            throw new AssertionError("a surprise at "
                                    + Duration.ofNanos(event.at()).toMinutes() + " min");
                        }
                    }))
                    .expect(Expectation.that("other", run -> {}))
                    .build();
            var interrupted = new ArrayList<String>();

            var result = runs.run(plan).runToEnd(run -> {
                run.spawn("surprise", () -> {
                    run.clock().sleep(Duration.ofMillis(100));
                    run.note("test", "surprise");
                });
                try {
                    run.clock().sleep(Duration.ofMinutes(9));
                } catch (InterruptedException e) {
                    interrupted.add(run.clock().now().toMinutes() + " min");
                    throw e;
                }
            });

            assertThat(interrupted).containsExactly("0 min");
            assertThat(result.bodyFailure()).isNull();
            assertThat(result.cut()).isEqualTo("expectation 'no surprise' was violated");
            assertThat(result.expectations())
                    .extracting(ExpectationResult::verdict)
                    .containsExactly(Verdict.FAILED, Verdict.PASSED);
            assertThat(result.expectations().get(0).failure())
                    .hasMessageStartingWith("no surprise: a surprise at 0 min\n  ran: ")
                    .hasMessageContaining(" of the run window of 10 min, which ended early:"
                            + " expectation 'no surprise' was violated\n");
            assertThat(journal(result)).hasAtLeastOneElementOfType(JournalEvent.ExpectationJudged.class);
        }
    }

    @Nested
    class FailingLoadAndBody {
        @Test
        void aFailingWorkloadEndsTheRunWithItsName() throws IOException {
            var plan = plan().workload(new ScriptedRuns.Worker("payer", run -> {
                        run.clock().sleep(SECOND);
                        throw new IllegalStateException("no money");
                    }))
                    .expect(Expectation.that("other", run -> {}))
                    .build();

            var result = runs.run(plan).runToEnd(run -> run.clock().sleep(Duration.ofHours(2)));

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.cut()).isEqualTo("workload 'payer' failed: IllegalStateException: no money");
            assertThat(result.workloads().get(0).failure())
                    .hasMessageStartingWith(
                            "workload 'payer': failed: IllegalStateException: no money\n  ran: 1 s of the run"
                                    + " window of 20 s, which ended early: workload 'payer' failed");
            assertThat(result.expectations())
                    .extracting(ExpectationResult::verdict)
                    .containsExactly(Verdict.PASSED);
            assertThat(journal(result))
                    .contains(
                            new JournalEvent.WorkloadEnded(1_010_000_000L, "payer", "IllegalStateException: no money"));
        }

        @Test
        void aFailingBodyEndsTheRunAndIsThrown() {
            var run = runs.run(
                    plan().expect(Expectation.that("other", each -> {})).build());
            var failure = new AssertionFailedError("no");

            assertThatThrownBy(() -> run.body(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            var result = run.finish();
            run.close();

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.bodyFailure()).isSameAs(failure);
            assertThat(result.failures()).isEmpty();
            assertThat(result.expectations())
                    .extracting(ExpectationResult::verdict)
                    .containsExactly(Verdict.PASSED);
            assertThat(result.cut()).isEqualTo("the test body failed: no");
        }

        @Test
        void anAbortedBodyLeavesTheRunInconclusive() {
            var result = runs.run(plan().build()).runToEnd(run -> {
                throw new TestAbortedException("not today");
            });

            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Nested
    class FailingDeployAndBaseline {
        @Test
        void aFailedDeployIsRememberedAndNothingIsEvaluated() {
            runs.deployer.deployFailure = new DeploymentException("no room", null);
            var run = runs.run(
                    plan().expect(Expectation.that("growth", each -> {})).build());

            var first = catchThrowable(run::deploy);
            assertThat(first)
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("deploy failed: no room\n  cluster: 2 validators")
                    .hasMessageContaining("\n  replay: mvn test -Dtest=SteadyState#survives -Dnomos.seed=4711");
            assertThatThrownBy(run::start).isSameAs(first);
            assertThatThrownBy(() -> run.body(() -> {})).isSameAs(first);
            assertThat(run.isDeployFailed()).isTrue();
            var result = run.finish();
            run.close();

            assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
            assertThat(result.infrastructureFailure()).isSameAs(first);
            assertThat(result.expectations().get(0).verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
            assertThat(result.expectations().get(0).failure())
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageStartingWith("growth: not evaluated: ");
            assertThat(runs.deployer.calls).containsExactly("deploy");
            assertThat(runs.heard).contains("ended INFRASTRUCTURE");
        }

        @Test
        void aClusterThatIsLostEndsTheRunAndIsNobodysFailure() {
            var plan = plan().runFor(Duration.ofHours(1))
                    .expect(Expectation.that("growth", each -> {
                        throw new AssertionError("no growth");
                    }))
                    .build();

            var result = runs.run(plan).runToEnd(run -> runs.deployer.lose("the API server has not answered for 15 s"));

            assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
            assertThat(result.infrastructureFailure())
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("The cluster was lost: the API server has not answered for 15 s.");
            assertThat(result.cut()).isEqualTo("the cluster was lost: the API server has not answered for 15 s");
            assertThat(result.phases())
                    .filteredOn(each -> each.phase() == RunPhase.EVALUATE)
                    .singleElement()
                    .satisfies(each -> assertThat(each.protocol())
                            .as("without a cooldown of 4 s that cools nothing down")
                            .isLessThan(Duration.ofSeconds(4)));
        }

        @Test
        void aSickClusterIsRefusedBeforeTheDrive() throws IOException {
            var plan = plan().expect(new Baseline("height", () -> {
                        throw new AssertionError("height is 0");
                    }))
                    .expect(new Baseline("peers", () -> new LinkedHashMap<>(Map.of("peers", "3"))))
                    .build();
            var run = runs.run(plan);

            assertThatThrownBy(run::start)
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageStartingWith("height: the baseline refused the cluster: height is 0\n");
            var result = run.finish();
            run.close();

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.expectations())
                    .extracting(ExpectationResult::verdict)
                    .containsExactly(Verdict.FAILED, Verdict.INFRASTRUCTURE);
            assertThat(result.expectations().get(1).text())
                    .isEqualTo("not evaluated: the baseline of 'height' refused the cluster");
            assertThat(journal(result)).hasAtLeastOneElementOfType(JournalEvent.BaselineTaken.class);
            assertThat(phases(journal(result))).doesNotContain("start DRIVE");
        }
    }

    /** An expectation whose baseline is given. */
    record Baseline(String name, Capture capture) implements Expectation {
        /** How the baseline is taken. */
        interface Capture {
            Map<String, String> take();
        }

        @Override
        public Map<String, String> capture(RunContext run) {
            return capture.take();
        }

        @Override
        public void evaluate(RunContext run) {}
    }
}
