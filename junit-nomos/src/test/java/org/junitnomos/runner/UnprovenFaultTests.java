package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.DeclaredBackends;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** A run whose fault was never in force has shown nothing, whatever its expectations say. */
@ExtendWith(DeclaredBackends.class)
class UnprovenFaultTests {
    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory);
    }

    private static void isolateInVain(RunContext run, String node, Class<? extends Exception> failure) {
        assertThatThrownBy(() -> run.control().isolate(node)).isInstanceOf(failure);
    }

    private RunResult finish(ScriptedRuns.Load load, RunSettings settings) {
        var plan = ScriptedRuns.plan()
                .expect(Expectation.that("calm", run -> {}))
                .workload(new ScriptedRuns.Worker("chaos", load));
        var run = runs.run(plan.build(), settings);
        run.deploy();
        run.start();
        var result = run.finish();
        run.close();
        return result;
    }

    private static java.util.List<JournalEvent> journal(RunResult result) throws IOException {
        return JournalReader.read(result.directory().resolve(RunResult.JOURNAL)).events();
    }

    @Test
    void makesTheRunInconclusive() throws IOException {
        var result = finish(run -> isolateInVain(run, "unseen", DeploymentException.class), runs.settings());

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.expectations()).hasSize(2);
        var told = result.expectations().get(1);
        assertThat(told.name()).isEqualTo("faults in force");
        assertThat(told.text())
                .isEqualTo("inconclusive: never seen in force: fault 1 (isolate of unseen);"
                        + " what the run shows is not what it was to show");
        assertThat(told.failure()).isInstanceOf(TestAbortedException.class);
        assertThat(journal(result))
                .filteredOn(JournalEvent.ExpectationJudged.class::isInstance)
                .extracting(event -> ((JournalEvent.ExpectationJudged) event).expectation())
                .containsExactly("calm", "faults in force");
    }

    @Test
    void failsTheRunInStrictMode() {
        var result = finish(
                run -> isolateInVain(run, "unseen", DeploymentException.class),
                runs.settings().withStrict(true));
        assertThat(result.expectations().get(1).failure()).isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void isNoneIfItWasRefused() throws IOException {
        var result = finish(run -> isolateInVain(run, "nobody", IllegalArgumentException.class), runs.settings());

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.expectations()).hasSize(1);
        assertThat(journal(result))
                .filteredOn(JournalEvent.FaultHealed.class::isInstance)
                .extracting(event -> ((JournalEvent.FaultHealed) event).proof())
                .containsExactly("refused: no node 'nobody'");
    }

    @Test
    void isNoneIfItWasProven() {
        var result = finish(
                run -> {
                    run.control().restart("validator-0");
                    run.control().isolate("validator-1");
                    run.control().heal();
                    run.control().stop("validator-1");
                },
                runs.settings());
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.expectations()).hasSize(1);
    }
}
