package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;

class EvidenceZipTests {
    @TempDir
    Path directory;

    private RunResult run(boolean holds, String zip) {
        var plan = Scenario.builder()
                .name("zipped")
                .validators(2)
                .expect(Expectation.that("luck", run -> assertThat(holds).isTrue()))
                .runFor(Duration.ofSeconds(20))
                .build();
        var settings = RunSettings.read(
                name -> Optional.empty(),
                Map.of(),
                Map.of("nomos.directory", directory.toString(), "nomos.evidence.zip", zip, "nomos.progress", "off"));
        return ScenarioRunner.run(plan, settings);
    }

    @Test
    void aFailedRunLeavesOneFileWithAllOfIt() throws IOException {
        var result = run(false, "true");

        assertThat(result.expectations().get(0).failure())
                .hasMessageContaining(
                        "evidence as one file: " + directory.resolve("zipped").resolve("1.zip"));
        try (var zip = new ZipFile(directory.resolve("zipped").resolve("1.zip").toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
            assertThat(names)
                    .contains("zipped-1/journal.jsonl", "zipped-1/report.json", "zipped-1/nodes/validator-0.log");
            assertThat(zip.getInputStream(zip.getEntry("zipped-1/journal.jsonl"))
                            .readAllBytes())
                    .isEqualTo(Files.readAllBytes(
                            directory.resolve("zipped").resolve("1").resolve("journal.jsonl")));
        }
    }

    @Test
    void noOtherRunDoes() {
        run(true, "true");
        run(false, "false");

        assertThat(directory.resolve("zipped")).isDirectoryNotContaining("glob:**.zip");
    }
}
