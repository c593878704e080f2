package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.runner.ScriptedRuns.journal;
import static org.junitnomos.runner.ScriptedRuns.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent.RunEnded;
import org.junitnomos.journal.Verdict;
import org.junitnomos.report.JsonReporter;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.DeclaredBackends;

/** A run whose evidence could not be written has not passed. */
@ExtendWith(DeclaredBackends.class)
class MissingEvidenceTests {
    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory.resolve("runs"));
    }

    private ScenarioRun run(Scenario plan, RunSettings settings, RunReporter... reporters) {
        return ScenarioRun.owning(LiveCluster.of(plan, settings, runs.deployer), settings, null, List.of(reporters));
    }

    private static void blockReport(RunContext run) throws IOException {
        Files.createDirectories(run.directory().resolve("report.json.draft").resolve("in the way"));
    }

    private static Verdict ending(RunResult result) throws IOException {
        var events = journal(result);
        return ((RunEnded) events.get(events.size() - 1)).verdict();
    }

    @Test
    void isInfrastructureAndNamesTheReport() throws IOException {
        var result = run(plan().build(), runs.settings(), new JsonReporter(), runs)
                .runToEnd(MissingEvidenceTests::blockReport);

        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.infrastructureFailure())
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("the evidence is not whole: report " + result.directory()
                        + "/report.json could not be written: ")
                .hasMessageContaining("\n  seed: 4711");
        assertThat(ending(result)).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(runs.heard).contains("ended INFRASTRUCTURE");
    }

    @Test
    void isTheResultOfTheEvaluationAlready() {
        var run = run(plan().build(), runs.settings(), new JsonReporter());
        assertThat(catchBody(run)).isNull();

        assertThat(run.finish().verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        run.close();
    }

    private static Throwable catchBody(ScenarioRun run) {
        return org.assertj.core.api.Assertions.catchThrowable(() -> run.body(() -> blockReport(run.context())));
    }

    @Test
    void isNoExcuseForAFailure() throws IOException {
        var result = run(
                        plan().expect(Expectation.that("growth", run -> {
                                    throw new AssertionError("no growth");
                                }))
                                .build(),
                        runs.settings(),
                        new JsonReporter())
                .runToEnd(MissingEvidenceTests::blockReport);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.expectations().get(0).failure().getSuppressed())
                .singleElement()
                .satisfies(each -> assertThat(each).hasMessageStartingWith("the evidence is not whole: report "));
        assertThat(ending(result)).isEqualTo(Verdict.FAILED);
    }

    @Test
    void isMoreThanInconclusive() throws IOException {
        var result = run(
                        plan().expect(Expectation.that("growth", run -> {
                                    throw new InconclusiveException("too few slots");
                                }))
                                .build(),
                        runs.settings(),
                        new JsonReporter())
                .runToEnd(MissingEvidenceTests::blockReport);

        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
    }

    @Test
    void isToldByTheLastStepIfOnlyThatFails() throws IOException {
        RunReporter late = info -> new RunListener() {
            @Override
            public void closing(RunResult result, Journal journal) {
                throw new UncheckedIOException(
                        "page could not be written: No space left on device",
                        new IOException("No space left on device"));
            }
        };
        var run = run(plan().build(), runs.settings(), late, runs);
        assertThat(run.finish().verdict()).isEqualTo(Verdict.PASSED);
        run.tearDown();

        assertThatThrownBy(run::close)
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("the evidence is not whole: page could not be written: No space left on device."
                        + " The disk of ")
                .hasMessageContaining(" is full: make room, or set nomos.directory to another disk\n");
        assertThat(ending(run.result().orElseThrow())).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(runs.heard).contains("ended INFRASTRUCTURE");
    }

    @Test
    void isInfrastructureBeforeAnythingIsDeployed() throws IOException {
        var occupied = Files.writeString(directory.resolve("occupied"), "no directory");
        var run = run(plan().build(), runs.settings().withDirectory(occupied), runs);

        assertThatThrownBy(run::deploy)
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("the evidence cannot be written: cannot create a directory for a run in "
                        + occupied + "/scripted: ");
        assertThat(run.finish().verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        run.close();
        assertThat(runs.deployer.calls).isEmpty();
    }

    @Test
    void namesTheCopiesOfLogs() throws IOException {
        var occupied = Files.writeString(directory.resolve("logs"), "no directory");
        var settings = RunSettings.read(
                        name -> Optional.empty(), Map.of("NOMOS_LOG_DIR", occupied.toString()), Map.of())
                .withDirectory(directory.resolve("runs"));
        var result = run(plan().build(), settings, runs).runToEnd(run -> {
            Files.createDirectories(run.directory().resolve("nodes"));
            Files.writeString(run.directory().resolve("nodes").resolve("validator-0.log"), "hello\n");
        });

        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.infrastructureFailure())
                .hasMessageStartingWith("the evidence is not whole: ")
                .hasMessageContaining("logs of nodes could not be copied to " + occupied);
        assertThat(ending(result)).isEqualTo(Verdict.INFRASTRUCTURE);
    }
}
