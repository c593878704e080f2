package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.embedded.EmbeddedDeployer;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.planted.CoreWrapper;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;

/** A node that keeps virtual time from going on is named, and soon. */
class PlantedTickTests {
    private static final long FROM = Duration.ofSeconds(20).toNanos();

    @TempDir
    Path directory;

    /** The next tick is a nanosecond, or a microsecond, later, for ever. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000})
    void aNodeThatAsksForTicksWithoutAnEndIsNamed(long nanos) {
        var parameters = new TreeMap<>(
                Map.of("nomos.directory", directory.toString(), "nomos.seed", "4711", "nomos.progress", "off"));
        var settings = RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of());
        var plan = SettingsApplication.apply(
                settings,
                Scenario.builder()
                        .name("ticks")
                        .validators(3)
                        .expect(new Safety())
                        .runFor(Duration.ofMinutes(2))
                        .build());
        var cluster = LiveCluster.of(plan, settings, new EmbeddedDeployer((config, store, outbox) -> {
            var core = new DevNode(config, store, outbox);
            return !config.name().equals("validator-1")
                    ? core
                    : new CoreWrapper(core) {
                        @Override
                        public long nextTick(long now) {
                            return now < FROM ? core.nextTick(now) : now + nanos;
                        }
                    };
        }));

        var result = ScenarioRun.owning(cluster, settings, null, List.of()).runToEnd(run -> {});

        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.infrastructureFailure())
                .hasStackTraceContaining("node 'validator-1' holds up the time of the run: it asked for 100000 ticks in"
                        + " slot 10, the last ")
                .hasMessageContaining("validator-1");
    }
}
