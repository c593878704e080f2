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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;

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
                    .containsExactly("opened with 0", "evaluated PASSED", "ended PASSED");
            assertThat(runs.recorded).containsExactlyElementsOf(journal(result));
            assertThat(runs.deployer.calls).containsExactly("deploy", "close");
        }

        @Test
        void reportsWhoWaitsOutsideOfTheVirtualClock() {
            var notice = new String[1];

            runs.run(plan().build()).runToEnd(run -> notice[0] = runs.notices.take());

            assertThat(notice[0])
                    .contains(" at ScenarioRunTests.java:")
                    .contains("waits for another thread that is not managed by this run's virtual clock")
                    .endsWith("Start that thread with run.spawn(...), and wait with run.clock().await(...).");
        }

        @Test
        void drivesForTheRunWindowAndCoolsDown() {
            var result = runs.run(plan().build()).runToEnd(run -> {});

            assertThat(result.phases())
                    .extracting(PhaseTiming::phase, PhaseTiming::protocol)
                    .contains(
                            tuple(RunPhase.DRIVE, Duration.ofSeconds(20)),
                            tuple(RunPhase.EVALUATE, Duration.ofSeconds(4)));
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
}
