package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.ScriptedRuns.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.DeclaredBackends;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** A build server must not be green over what nobody could judge. */
@ExtendWith(DeclaredBackends.class)
class StrictRunTests {
    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory);
    }

    private RunSettings onBuildServer() {
        return RunSettings.read(name -> Optional.empty(), Map.of("CI", "true"), Map.of())
                .withDirectory(directory)
                .withSeed(4711L);
    }

    private static Expectation unsure() {
        return Expectation.that("growth", run -> {
            throw new InconclusiveException("the chain stopped at height 3 of 60");
        });
    }

    @Test
    void saysWhyItFailsAndHowToSwitchItOff() {
        var result = runs.run(plan().expect(unsure()).build(), onBuildServer()).runToEnd(run -> {});

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.expectations().get(0).failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("growth: inconclusive: the chain stopped at height 3 of 60\n")
                .hasMessageContaining(
                        "\n  strict: nobody can say whether it held; that is a failure because CI is set in"
                                + " the environment. With -Dnomos.strict=false the test is aborted instead");
    }

    @Test
    void leavesTheVerdictToABodyThatFails() {
        var result = runs.run(plan().expect(unsure()).build(), onBuildServer()).runToEnd(run -> {
            throw new AssertionFailedError("the body says no");
        });

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.bodyFailure()).hasMessage("the body says no");
        assertThat(result.expectations().get(0).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.expectations().get(0).failure()).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void leavesAnAbortedBodyAborted() {
        var result = runs.run(plan().expect(unsure()).build(), onBuildServer()).runToEnd(run -> {
            throw new TestAbortedException("no licence");
        });

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.failures()).hasOnlyElementsOfType(TestAbortedException.class);
    }

    @Test
    void tellsExpectationsWhyTheRunWasCut() {
        var plan = plan().expect(Expectation.that("knows", run -> {
                    throw new InconclusiveException(run.cut().orElse("not cut"));
                }))
                .build();

        var cut = runs.run(plan).runToEnd(StrictRunTests::fail);
        var whole = runs.run(plan).runToEnd(run -> {});

        assertThat(cut.expectations().get(0).text()).isEqualTo("inconclusive: the test body failed: no wallet");
        assertThat(whole.expectations().get(0).text()).isEqualTo("inconclusive: not cut");
    }

    private static void fail(RunContext run) {
        throw new AssertionFailedError("no wallet");
    }
}
