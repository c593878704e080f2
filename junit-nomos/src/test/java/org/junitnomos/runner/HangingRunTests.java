package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.ScriptedRuns.journal;
import static org.junitnomos.runner.ScriptedRuns.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;
import org.junitnomos.testkit.SilentPeer;
import org.junitnomos.time.BusyMachine;

/** Loops that do not wait end at the deadline of their run, or end nobody but themselves. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(DeclaredBackends.class)
class HangingRunTests {

    @TempDir
    Path directory;

    private ScriptedRuns runs;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final SilentPeer peer = new SilentPeer(); // spares the processor of a loop

    /** Enough for a deploy, in whole seconds; one of a plan is not extended on a busy machine. */
    private Duration deadline;

    @BeforeEach
    void prepare() throws InterruptedException {
        runs = new ScriptedRuns(directory);
        deadline = Duration.ofSeconds((long) Math.ceil(2 * BusyMachine.factor()));
    }

    @AfterEach
    void end() {
        enough.set(true);
        peer.close();
    }

    private ScenarioBuilder hanging(TimeMode time) {
        return plan().time(time)
                .slot(Duration.ofMillis(10))
                .runFor(Duration.ofMillis(100))
                .cooldown(Duration.ZERO)
                .deadline(deadline)
                .expect(Expectation.that("growth", each -> {}));
    }

    private String deadlineText() {
        return "deadline of " + deadline.toSeconds() + " s";
    }

    private void spin() {
        while (!enough.get()) {
            Thread.onSpinWait();
        }
    }

    private void hold() {
        while (!enough.get()) {
            peer.await();
        }
    }

    private void assertExceeded(RunResult result) throws IOException {
        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.bodyFailure()).isNull();
        assertThat(result.expectations()).extracting(ExpectationResult::verdict).containsOnly(Verdict.INFRASTRUCTURE);
        assertThat(result.infrastructureFailure())
                .hasMessageContaining("the run did not end within its " + deadlineText() + " of real time")
                .hasMessageNotContaining("1 ns");
        assertThat(Files.readString(result.directory().resolve("threads.txt"))).contains("HangingRunTests");
        assertThat(journal(result))
                .hasAtLeastOneElementOfType(JournalEvent.DeadlineExceeded.class)
                .hasAtLeastOneElementOfType(JournalEvent.RunEnded.class);
    }

    /** A call that does not wait. */
    interface Poll {
        void once(RunContext run) throws Exception;
    }

    static Stream<Arguments> polls() {
        return Stream.of(
                poll("feed", run -> run.feed().height()),
                poll("clock", run -> run.clock().now()),
                poll("node", run -> run.cluster().node("validator-0").isRunning()),
                poll("client", run -> run.client("validator-0").endpoint()),
                poll("journal", run -> run.journal().events()),
                poll("chance", run -> run.random("polls").nextInt()),
                poll("seed", RunContext::seed),
                poll("driving", RunContext::isDriving));
    }

    private static Arguments poll(String name, Poll poll) {
        return Arguments.of(name, poll);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("polls")
    void endABodyThatPolls(String name, Poll poll) throws IOException {
        var thrown = new AtomicReference<Throwable>();

        var result = runs.run(hanging(TimeMode.VIRTUAL).build()).runToEnd(run -> {
            try {
                while (!enough.get()) {
                    poll.once(run);
                    peer.await();
                }
            } catch (DeadlineExceededException e) {
                thrown.set(e);
                throw e;
            }
        });

        assertExceeded(result);
        assertThat(thrown.get())
                .hasMessage("scenario 'scripted' (seed 4711): the run did not end within its " + deadlineText()
                        + " of real time, so nothing can be asked of it any more. Shorten the run window, raise the"
                        + " deadline, or let the test end earlier");
        assertThat(result.infrastructureFailure())
                .hasMessageContaining("; the test body runs at ")
                .hasMessageContaining(" (thread '" + Thread.currentThread().getName() + "')");
    }

    @ParameterizedTest
    @EnumSource(TimeMode.class)
    void endABodyThatHoldsAPartOfTheRunAndIgnoresInterrupts(TimeMode time) throws IOException {
        var result = runs.run(hanging(time).build()).runToEnd(run -> {
            var feed = run.feed();
            while (!enough.get()) {
                Thread.interrupted();
                feed.height();
                peer.await();
            }
        });

        assertExceeded(result);
    }

    @ParameterizedTest
    @EnumSource(TimeMode.class)
    void nameAWorkloadThatSpins(TimeMode time) throws IOException {
        var plan = hanging(time).workload(new ScriptedRuns.Worker("spinner", run -> spin()));

        var result = runs.run(plan.build()).runToEnd(run -> run.clock().sleep(Duration.ofDays(1)));

        assertExceeded(result);
        assertThat(result.infrastructureFailure())
                .hasMessageContaining("workload 'spinner' runs at HangingRunTests.java:");
    }

    @ParameterizedTest
    @EnumSource(TimeMode.class)
    void nameASpawnedThreadThatNeverEnds(TimeMode time) throws IOException {
        var result = runs.run(hanging(time).build()).runToEnd(run -> {
            run.spawn("helper", this::hold);
            run.clock().sleep(Duration.ofDays(1));
        });

        assertExceeded(result);
        assertThat(result.infrastructureFailure()).hasMessageContaining("workload 'helper' runs at SilentPeer.java:");
    }

    @ParameterizedTest
    @EnumSource(TimeMode.class)
    void evaluateNothingOfARunWhoseExpectationPolls(TimeMode time) throws IOException {
        var plan = hanging(time).expect(Expectation.that("polls", run -> {
            while (!enough.get()) {
                run.feed().height();
                peer.await();
            }
        }));

        assertExceeded(runs.run(plan.build()).runToEnd(run -> {}));
    }

    @ParameterizedTest
    @EnumSource(TimeMode.class)
    void refuseTheNextBodyOfARunThatIsPastItsDeadline(TimeMode time) throws Throwable {
        try (var run = runs.run(hanging(time).build())) {
            run.body(() -> {
                while (!enough.get()) {
                    run.context().feed().height();
                    peer.await();
                }
            });
            var ran = new AtomicBoolean();
            var told = new AtomicReference<Throwable>();
            try {
                run.body(() -> ran.set(true));
            } catch (DeadlineExceededException e) {
                told.set(e);
            }
            assertThat(told.get()).hasMessageContaining("its " + deadlineText());
            assertThat(ran).isFalse();
            var torn = new AtomicBoolean();
            run.attend(() -> torn.set(true));
            assertThat(torn).as("what was set up is taken down").isTrue();
            run.finish();
            run.close();
            assertExceeded(run.result().orElseThrow());
        }
        assertThat(List.of(runs.heard.get(runs.heard.size() - 1))).containsExactly("ended INFRASTRUCTURE");
    }
}
