package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.KeepPolicy;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.workload.TransactionWorkload;
import org.opentest4j.AssertionFailedError;

/** Runs on real dev nodes, in virtual time. */
class EmbeddedRunTests {
    @TempDir
    Path directory;

    private static Scenario plan() {
        return Scenario.builder()
                .name("dev nodes")
                .validators(3)
                .executors(1)
                .wallets(10)
                .runFor(Duration.ofMinutes(5))
                .expect(Expectation.that("growth", run -> {
                    if (run.feed().height() < 50) {
                        throw new AssertionFailedError("expected height 50 or more but was "
                                + run.feed().height());
                    }
                }))
                .build();
    }

    private RunResult run(String name) {
        var settings = new EmbeddedRuns(directory.resolve(name)).settings();
        return ScenarioRunner.run(plan(), settings, run -> {
            run.clock().sleep(Duration.ofMinutes(1));
            run.control().restart("validator-1");
            run.clock().awaitBlocks(5, Duration.ofMinutes(2));
        });
    }

    @Test
    void writesTheSameJournalForTheSameSeed() throws IOException {
        var first = run("first");
        var second = run("second");

        first.orThrow();
        assertThat(first.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(Files.readString(first.directory().resolve(RunResult.JOURNAL)))
                .isEqualTo(Files.readString(second.directory().resolve(RunResult.JOURNAL)));
    }

    @Test
    void logsAsMuchAsTheSettingSays() throws IOException {
        var settings = RunSettings.read(name -> Optional.empty(), Map.of("NOMOS_LOG_LEVEL", "warn"), Map.of())
                .withSeed(4711L)
                .withDirectory(directory)
                .withKeep(KeepPolicy.ALWAYS);

        var result = ScenarioRunner.run(plan(), settings, run -> {});

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(Files.readString(result.directory().resolve("nodes/validator-0.log")))
                .doesNotContain("INFO");
    }

    /** The second run spends notes that the first one made; its watchers must know them. */
    @Test
    void judgesTheSecondRunOnAClusterByItsWholeChain() {
        var settings = new EmbeddedRuns(directory).settings();
        var plan = SettingsApplication.apply(
                settings,
                Scenario.builder()
                        .name("shared")
                        .validators(2)
                        .wallets(4)
                        .workload(new TransactionWorkload(2, 4))
                        .expect(new Safety())
                        .expect(new TransactionInclusion())
                        .runFor(Duration.ofMinutes(1))
                        .build());
        try (var cluster = LiveCluster.of(plan, settings)) {
            for (int i = 0; i < 2; i++) {
                var result =
                        ScenarioRun.on(cluster, plan, settings, null, List.of()).runToEnd(run -> {});

                result.orThrow();
                assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            }
        }
    }
}
