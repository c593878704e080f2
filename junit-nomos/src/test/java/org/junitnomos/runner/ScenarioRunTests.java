package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

@ExtendWith(DeclaredBackends.class)
class ScenarioRunTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory);
    }

    private static Scenario.Builder plan() {
        return ScriptedRuns.plan();
    }

    private static List<JournalEvent> journal(RunResult result) throws IOException {
        return JournalReader.read(result.directory().resolve(RunResult.JOURNAL)).events();
    }

    private static List<String> phases(List<JournalEvent> events) {
        var phases = new ArrayList<String>();
        for (var event : events) {
            if (event instanceof JournalEvent.PhaseStarted started) {
                phases.add("start " + started.phase());
            } else if (event instanceof JournalEvent.PhaseEnded ended) {
                phases.add("end " + ended.phase());
            }
        }
        return phases;
    }

    @Nested
    class Passing {
        @ParameterizedTest
        @EnumSource(TimeMode.class)
        void walksThroughTheSixPhasesInOrder(TimeMode time) throws IOException {
            var plan = plan().time(time)
                    .slot(Duration.ofMillis(50))
                    .runFor(Duration.ofMillis(300))
                    .cooldown(Duration.ofMillis(50))
                    .expect(Expectation.that("quiet", run -> {}))
                    .build();

            var result = runs.run(plan).runToEnd(run -> {});

            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.failures()).isEmpty();
            var walked = new ArrayList<String>();
            for (var phase : RunPhase.values()) {
                walked.add("start " + phase);
                walked.add("end " + phase);
            }
            assertThat(phases(journal(result))).isEqualTo(walked);
            assertThat(runs.heard)
                    .filteredOn(text -> !text.startsWith("start") && !text.startsWith("end "))
                    .containsExactly("evaluated PASSED", "ended PASSED");
            assertThat(runs.deployer.calls).containsExactly("deploy", "close");
        }

        @Test
        void drivesForTheRunWindowAndCoolsDown() {
            var result = runs.run(plan().build()).runToEnd(run -> {});

            assertThat(result.phases())
                    .extracting(PhaseTiming::phase, PhaseTiming::protocol)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple(RunPhase.DRIVE, Duration.ofSeconds(20)),
                            org.assertj.core.groups.Tuple.tuple(RunPhase.EVALUATE, Duration.ofSeconds(4)));
        }

        @Test
        void beginsTheJournalWithThePlanAndEndsItWithTheVerdict() throws IOException {
            var events = journal(runs.run(plan().build()).runToEnd(run -> {}));

            assertThat(events.get(0)).isInstanceOfSatisfying(JournalEvent.RunStarted.class, started -> {
                assertThat(started.seed()).isEqualTo(4711);
                assertThat(started.systemUnderTest()).isEqualTo("scripted node");
                assertThat(started.time()).isEqualTo("virtual");
                assertThat(started.plan())
                        .contains("layout: star, links of 20 ms + up to 10 ms jitter, 0 of 1000 lost");
            });
            assertThat(events.get(events.size() - 1))
                    .isInstanceOfSatisfying(
                            JournalEvent.RunEnded.class,
                            ended -> assertThat(ended.verdict()).isEqualTo(Verdict.PASSED));
        }

        @Test
        void runsWorkloadsBesideTheBodyUntilTheWindowEnds() {
            var ticks = new ArrayList<String>();
            var plan = plan().workload(new ScriptedRuns.Worker("ticker", run -> {
                        while (run.isDriving()) {
                            run.clock().sleep(Duration.ofSeconds(6));
                            ticks.add("load " + run.clock().now().toSeconds());
                        }
                    }))
                    .build();

            var result = runs.run(plan).runToEnd(run -> {
                run.clock().sleep(Duration.ofSeconds(10));
                ticks.add("body " + run.clock().now().toSeconds());
            });

            result.orThrow();
            assertThat(ticks).startsWith("load 6", "body 10", "load 12", "load 18");
            assertThat(result.workloads()).extracting(WorkloadResult::name).containsExactly("ticker");
        }

        @Test
        void interruptsALoadThatSleepsBeyondTheWindow() {
            var plan = plan().workload(new ScriptedRuns.Worker(
                            "sleeper", run -> run.clock().sleep(Duration.ofDays(1))))
                    .build();

            var result = runs.run(plan).runToEnd(run -> {});

            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        }

        @Test
        void givesEachWorkloadOfOneNameANumber() {
            var load = new ScriptedRuns.Worker("load", run -> {});

            var result = runs.run(plan().workload(load).workload(load).build()).runToEnd(run -> {});

            assertThat(result.workloads()).extracting(WorkloadResult::name).containsExactly("load", "load (2)");
        }

        @Test
        void keepsJournalAndReportAndDropsTheStateOfNodes() throws IOException {
            var result = runs.run(plan().build()).runToEnd(run -> {
                Files.createDirectories(run.directory().resolve("nodes"));
                Files.writeString(run.directory().resolve("nodes").resolve("validator-0.log"), "hello");
            });

            try (var files = Files.list(result.directory())) {
                assertThat(files)
                        .extracting(file -> file.getFileName().toString())
                        .containsExactly("journal.jsonl");
            }
        }

        @Test
        void doesEveryPhaseOnceHoweverOftenItIsAskedFor() {
            var run = runs.run(plan().build());

            assertThat(run.deploy()).isSameAs(run.context());
            run.start();
            run.start();
            assertThat(run.finish()).isSameAs(run.finish());
            run.close();
            run.close();

            assertThat(runs.deployer.calls).containsExactly("deploy", "close");
            assertThat(run.result()).get().extracting(RunResult::verdict).isEqualTo(Verdict.PASSED);
        }

        @Test
        void drawsTheSameChanceForTheSameSeedAndName() {
            var first = new ArrayList<Integer>();
            var second = new ArrayList<Integer>();

            runs.run(plan().build()).runToEnd(run -> first.add(run.random("a").nextInt(1000)));
            runs.run(plan().build()).runToEnd(run -> {
                run.random("b").nextInt();
                second.add(run.random("a").nextInt(1000));
            });

            assertThat(second).isEqualTo(first);
        }

        @Test
        void runsTheBodyOnAnotherThreadThanTheOtherPhases() throws InterruptedException {
            var run = runs.run(plan().build());
            run.start();
            var slept = new ArrayList<Duration>();
            var thread = new Thread(() -> catchThrowable(() -> run.body(() -> {
                run.context().clock().sleep(SECOND.multipliedBy(5));
                slept.add(run.context().clock().now());
            })));
            thread.start();
            thread.join();

            var result = run.finish();
            run.close();

            assertThat(slept).containsExactly(Duration.ofMillis(5010));
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        }
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
                            org.assertj.core.groups.Tuple.tuple(
                                    "growth", Verdict.FAILED, "expected height 30 but was 12 on validator-1"),
                            org.assertj.core.groups.Tuple.tuple("safety", Verdict.PASSED, null),
                            org.assertj.core.groups.Tuple.tuple(
                                    "inclusion", Verdict.INCONCLUSIVE, "inconclusive: only 3 slots"),
                            org.assertj.core.groups.Tuple.tuple(
                                    "broken",
                                    Verdict.FAILED,
                                    "its evaluation failed with IllegalStateException: no such thing"));
            assertThat(catchThrowable(result::orThrow)).isInstanceOf(MultipleFailuresError.class);
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
                            + "\n  report: " + run.resolve("report.json")
                            + "\n  replay: mvn test -Dtest=SteadyState#survives -Dnomos.seed=4711");
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
                    .hasMessageContaining(
                            " of the run window of 10 min, which ended early: expectation 'no surprise' was violated\n");
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
                    .contains(new JournalEvent.WorkloadEnded(
                            1_010_000_000L, "payer", "IllegalStateException: no money", new LinkedHashMap<>()));
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
                    .contains("ScenarioRunTests");
            assertThat(journal(result))
                    .filteredOn(JournalEvent.DeadlineExceeded.class::isInstance)
                    .hasSize(1);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Nested
    class SharedClusters {
        @Test
        void areDeployedOnceAndServeOneRunAfterTheOther() throws IOException {
            try (var cluster = runs.cluster(plan().build())) {
                var first = runs.on(cluster, plan().build()).runToEnd(run -> {});
                assertThat(cluster.isReusable()).isTrue();
                var second = runs.on(cluster, plan().name("second").build()).runToEnd(run -> {});

                assertThat(first.verdict()).isEqualTo(Verdict.PASSED);
                assertThat(second.verdict()).isEqualTo(Verdict.PASSED);
                assertThat(second.directory()).isNotEqualTo(first.directory());
                assertThat(phases(journal(second))).contains("start DEPLOY", "end CLEANUP");
                assertThat(runs.deployer.calls).containsExactly("deploy");
            }

            assertThat(runs.deployer.calls).containsExactly("deploy", "close");
        }

        @Test
        void areNotReusedAfterAFailedRun() {
            try (var cluster = runs.cluster(plan().build())) {
                runs.on(cluster, plan().build()).runToEnd(run -> {
                    throw new AssertionError("no");
                });

                assertThat(cluster.isReusable()).isFalse();
            }
        }

        @Test
        void refuseAPlanOfAnotherTopology() {
            try (var cluster = runs.cluster(plan().build())) {
                assertThatThrownBy(() -> runs.on(cluster, plan().validators(5).build()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("scenario 'scripted' needs TopologySpec[validators=5")
                        .hasMessageEndingWith("on backend 'scripted'. Use a cluster of its own");
            }
        }

        @Test
        void refuseASecondRunAtTheSameTime() {
            try (var cluster = runs.cluster(plan().build())) {
                var first = runs.on(cluster, plan().build());
                first.deploy();
                var second = runs.on(cluster, plan().build());

                assertThatThrownBy(second::deploy)
                        .hasMessage(
                                "the cluster of scenario 'scripted' serves another run just now. Close that run first");
                second.close();
                first.close();
            }
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
