package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.expectation.MetricBound;
import org.junitnomos.expectation.MetricMeasure;
import org.junitnomos.journal.Verdict;
import org.junitnomos.metrics.MetricSample;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;

/** What pods take arrives in the metrics of a run, and can be bounded. */
@NeedsCluster
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PodMetricsTests {
    private static final String KUBECONFIG = "nomos.kubernetes.kubeconfig";
    private static final String MEMORY = "nomos_process_resident_memory_bytes";
    private static final String PROCESSOR = "nomos_process_cpu_seconds";
    private static final double MEBI = 1024 * 1024;

    private final TestCluster cluster = TestCluster.get();

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    @TempDir
    Path directory;

    private RunSettings settings() {
        return RunSettings.read(
                name -> Optional.empty(),
                Map.of("SLOW_TEST_ENV", "true"),
                Map.of("nomos.directory", directory.toString(), "nomos.progress", "off"));
    }

    @Test
    @TestLimit(300)
    void memoryAndProcessorOfPodsArriveInTheMetricsOfARun() {
        properties.set(KUBECONFIG, String.valueOf(cluster.settings().kubeconfig()));
        var plan = Scenario.builder()
                .name("metrics of pods")
                .backend("kubernetes")
                .validators(2)
                .slot(Duration.ofSeconds(1))
                .runFor(Duration.ofSeconds(20))
                .cooldown(Duration.ofSeconds(2))
                .expect(MetricBound.of(MEMORY)
                        .measured(MetricMeasure.LAST)
                        .atLeast(10 * MEBI)
                        .atMost(1024 * MEBI))
                .expect(MetricBound.of(PROCESSOR)
                        .measured(MetricMeasure.GROWTH)
                        .atLeast(0.001)
                        .atMost(60))
                .build();

        var result = ScenarioRunner.run(plan, settings(), PodMetricsTests::look);

        assertThat(result.failures()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    }

    private static void look(RunContext run) throws InterruptedException {
        run.clock().sleepSlots(12);
        run.metrics().sample();

        assertThat(run.metrics().nodes()).containsExactly("validator-0", "validator-1");
        for (var metric : List.of(MEMORY, PROCESSOR, "nomos_process_threads", "nomos_process_open_fds")) {
            assertThat(run.metrics().series(metric))
                    .as(metric)
                    .hasSize(2)
                    .allSatisfy(series -> assertThat(series.samples())
                            .as(series.node())
                            .hasSizeGreaterThan(2)
                            .allMatch(MetricSample::isMeasured, "is measured"));
        }
        assertThat(run.metrics().value("validator-0", MEMORY))
                .satisfies(memory -> assertThat(memory.orElseThrow())
                        .as("a JVM of its own, not the whole machine")
                        .isBetween(10 * MEBI, 1024 * MEBI));
    }
}
