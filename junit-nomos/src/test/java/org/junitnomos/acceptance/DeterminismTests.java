package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

/** The same plan and seed give the same journal, byte for byte. */
class DeterminismTests {
    /** How often one seed is repeated: 10, or {@code -Dcampaign.repetitions=100} for the whole campaign. */
    private static final int REPETITIONS = Integer.getInteger("campaign.repetitions", 10);

    @TempDir
    Path directory;

    @Test
    void oneSeedGivesOneJournal() throws Exception {
        var first = journal(Runs.healthy(), 4711);

        for (int i = 1; i < REPETITIONS; i++) {
            assertThat(journal(Runs.healthy(), 4711))
                    .as("journal of repetition %d", i)
                    .isEqualTo(first);
        }
    }

    @Test
    void anotherSeedGivesAnotherJournal() throws Exception {
        assertThat(journal(Runs.healthy(), 1)).isNotEqualTo(journal(Runs.healthy(), 2));
    }

    /** The digest is the same on every JDK and machine; it changes when nodes, network or journal change on purpose. */
    @Test
    void journalIsTheOneThatOtherMachinesAndJdksHave() throws Exception {
        var expected = new String(
                        getClass().getResourceAsStream("healthy-4711.sha256").readAllBytes(), StandardCharsets.UTF_8)
                .strip();

        assertThat(sha256(journal(Runs.healthy(), 4711))).isEqualTo(expected);
    }

    @Test
    void chaosInTheBodyIsRepeatedToo() throws Exception {
        assertThat(withFaults(7)).isEqualTo(withFaults(7));
    }

    private String withFaults(long seed) throws Exception {
        var result = ScenarioRunner.run(Runs.healthy(), Runs.settings(directory, seed), run -> {
            run.clock().sleep(Duration.ofSeconds(11));
            run.control().isolate("validator-1");
            run.clock().sleepSlots(3);
            run.control().heal();
            run.control().restart("validator-2");
            run.control().pause("validator-0");
            run.control().add(NodeRole.EXECUTOR);
            var narrow = run.control().link("validator-1", "validator-2", LinkSpec.DEFAULT.withBandwidth(3_000));
            run.control().kill("executor-0");
            run.clock().sleepSlots(3);
            run.control().resume("validator-0");
            run.control().heal(narrow);
            run.control().remove("validator-2");
        });
        assertThat(result.infrastructureFailure()).isNull();
        return read(result);
    }

    private String journal(Scenario scenario, long seed) throws IOException {
        var result = Runs.run(scenario, directory, seed);
        assertThat(result.failures()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        return read(result);
    }

    private static String read(RunResult result) throws IOException {
        return Files.readString(result.directory().resolve(RunResult.JOURNAL));
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
