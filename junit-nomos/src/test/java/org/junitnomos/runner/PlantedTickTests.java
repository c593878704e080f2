package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;

/** A node that keeps virtual time from going on is named, and soon. */
class PlantedTickTests {
    private static final long FROM = Duration.ofSeconds(20).toNanos();

    @TempDir
    Path directory;

    /** The next tick is a nanosecond, or a microsecond, later, for ever. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000})
    void aNodeThatAsksForTicksWithoutAnEndIsNamed(long nanos) {
        var scenario = Scenario.builder()
                .name("ticks")
                .validators(3)
                .expect(new Safety())
                .runFor(Duration.ofMinutes(2))
                .build();
        var restless = only("validator-1", core -> new Passing.Core(core) {
            @Override
            public long nextTick(long now) {
                return now < FROM ? right.nextTick(now) : now + nanos;
            }
        });

        var result = new EmbeddedRuns(directory).run(scenario, restless);

        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.infrastructureFailure())
                .hasStackTraceContaining("node 'validator-1' holds up the time of the run: it asked for 100000 ticks in"
                        + " slot 10, the last ")
                .hasMessageContaining("validator-1");
    }
}
