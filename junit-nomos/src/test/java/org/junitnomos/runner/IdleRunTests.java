package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;

class IdleRunTests {
    @Test
    void inRealTimeNobodyWaitsForWhatNobodyJudges(@TempDir Path directory) {
        var plan = Scenario.builder()
                .name("idle")
                .validators(2)
                .time(TimeMode.REAL)
                .runFor(Duration.ofSeconds(4))
                .build();

        var result = ScenarioRunner.run(plan, RunSettings.defaults().withDirectory(directory), run -> {});

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.phases())
                .filteredOn(phase -> phase.phase() == RunPhase.EVALUATE)
                .singleElement()
                .satisfies(phase -> assertThat(phase.wall()).isLessThan(plan.cooldownTime()));
        assertThat(plan.cooldownTime()).isGreaterThan(Duration.ofSeconds(20));
    }
}
