package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.ScenarioRun;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.workload.TransactionWorkload;

/** The failure that the README shows is the one that its test has. */
class ReadmeFailureTests {

    @Test
    void isWhatTheReadmeShows(@TempDir Path directory) throws Throwable {
        var plan = Scenario.builder()
                .name("PaymentsTests.surviveARestart()")
                .validators(3)
                .wallets(50)
                .workload(new TransactionWorkload(5, 50))
                .expect(new ConsensusLiveness())
                .expect(new TransactionInclusion())
                .runFor(Duration.ofMinutes(10))
                .build();

        try (var run = ScenarioRun.of(plan, Runs.settings(directory, 4711), "PaymentsTests#surviveARestart")) {
            run.body(() -> {
                run.context().clock().sleep(Duration.ofMinutes(4));
                run.context().control().isolate("validator-1");
            });
            var expectations = run.finish().expectations();

            assertThat(expectations.get(0).failure())
                    .extracting(failure -> failure.getMessage().replace(directory.toString(), "target/nomos"))
                    .isEqualTo(shown());
            // Users whose last transaction only the isolated node knows wait for it: much of the load is not delivered.
            assertThat(expectations.get(1).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(expectations.get(1).text())
                    .contains("every user waited for its last transaction to be included");
        }
    }

    /** The failure as the extension shows it; a runner alone knows nothing of what a replay must run on. */
    private static String shown() throws IOException {
        var readme = Files.readString(Path.of("..", "README.md"));
        int start = readme.indexOf("```\nconsensus liveness: ") + "```\n".length();
        return readme.substring(start, readme.indexOf("\n```", start)).replaceAll(" -Dnomos.replay.on='[^']*'", "");
    }
}
