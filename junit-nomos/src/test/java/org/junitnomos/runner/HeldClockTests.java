package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;

class HeldClockTests {
    @Test
    void aBodyThatIsEndedBecauseItHoldsTheClockSaysWhatItDid(@TempDir Path directory) {
        var plan = Scenario.builder()
                .name("holds the clock")
                .validators(1)
                .runFor(Duration.ofMinutes(1))
                .build();

        var result = ScenarioRunner.run(
                plan, RunSettings.defaults().withDirectory(directory), run -> Thread.sleep(3_600_000));

        assertThat(result.bodyFailure())
                .hasMessageStartingWith("Thread.sleep at HeldClockTests.java:")
                .hasMessageEndingWith("Use run.clock().sleep(...) instead.")
                .hasCauseInstanceOf(InterruptedException.class);
    }
}
