package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.expectation.MetricBound;
import org.junitnomos.expectation.MetricMeasure;
import org.junitnomos.metrics.MetricSample;
import org.junitnomos.scenario.RunContext;

/** Metrics of dev nodes in whole runs: what bounds mean in annotations, and what their failures say. */
class MetricAnnotationTests {
    private static final String HEIGHT = "nomos_dev_node_height";

    @TempDir
    Path directory;

    private NomosTestKit.Outcome run(Class<?> scenario) {
        return kit().with("nomos.directory", directory.toString()).execute(scenario);
    }

    private Path journal(Class<?> scenario, int run) {
        return directory
                .resolve("MetricAnnotationTests." + scenario.getSimpleName() + ".run")
                .resolve(Integer.toString(run))
                .resolve("journal.jsonl");
    }

    @Topology(validators = 3, executors = 1)
    @Wallets(10)
    @Transactions(rate = 2, users = 5, judged = false)
    @RunFor("2m")
    @ExpectMetric(metric = "consensus_processed_blocks", measure = MetricMeasure.RATE, atLeast = 0.1)
    @ExpectMetric(metric = "nomos_dev_node_mempool_pending", atMost = 100)
    @ExpectMetric(metric = "nomos_client_errors", measure = MetricMeasure.GROWTH, atMost = 0)
    @ExpectMetric(metric = HEIGHT, summed = true, measure = MetricMeasure.LAST, atLeast = 40)
    static class Held {
        @ScenarioTest
        void run(RunContext run) throws InterruptedException {
            assertThat(run.metrics().nodes())
                    .containsExactly("validator-0", "validator-1", "validator-2", "executor-0");
            double before = run.metrics().value("validator-0", HEIGHT).orElseThrow();
            run.clock().sleep(Duration.ofSeconds(30));
            assertThat(run.metrics().value("validator-0", HEIGHT).orElseThrow()).isGreaterThan(before);
            run.metrics().sample();
            assertThat(run.metrics().value("validator-0", HEIGHT))
                    .hasValue(run.client("validator-0").cryptarchiaInfo().height());
        }
    }

    @Test
    void boundsThatHoldPass() {
        assertThat(run(Held.class).tests())
                .containsExactly(
                        "run 2 min on 3 validators, 1 executor, embedded SUCCESSFUL",
                        "expect metric consensus_processed_blocks rate at least 0.1 SUCCESSFUL",
                        "expect metric nomos_dev_node_mempool_pending at most 100 SUCCESSFUL",
                        "expect metric nomos_client_errors growth at most 0 SUCCESSFUL",
                        "expect metric nomos_dev_node_height last value at least 40 in sum SUCCESSFUL");
    }

    @Test
    void metricsAreInTheJournalAndTheSameForOneSeed() throws IOException {
        run(Held.class);
        run(Held.class);

        assertThat(journal(Held.class, 1)).hasSameTextualContentAs(journal(Held.class, 2));
        assertThat(Files.readAllLines(journal(Held.class, 1)).stream()
                        .filter(line -> line.startsWith("{\"event\":\"metrics-sampled\"")))
                .as("of 4 nodes: the baseline, every 5 of 60 slots, the body's, at the end of drive and cooldown")
                .hasSize(4 * (1 + 12 + 1 + 1 + 1))
                .anyMatch(line -> line.contains("\"" + HEIGHT + "\":\"0\""));
    }

    @Topology(validators = 2)
    @RunFor("1m")
    @ExpectMetric(metric = HEIGHT, node = "validator-1", atMost = 5)
    @ExpectMetric(metric = "nobody_tells_this", atMost = 5)
    static class Broken {
        @ScenarioTest
        void run() {}
    }

    @Test
    void boundsThatDoNotHoldTellTheWorstMomentAndTheSeries() {
        var outcome = run(Broken.class);

        assertThat(outcome.tests())
                .containsExactly(
                        "run 1 min on 2 validators, embedded SUCCESSFUL",
                        "expect metric nomos_dev_node_height at most 5 on validator-1 FAILED",
                        "expect metric nobody_tells_this at most 5 ABORTED");
        assertThat(outcome.failureOf("expect metric nomos_dev_node_height"))
                .hasMessageContaining("expected the value of nomos_dev_node_height to be at most 5 but:\n")
                .hasMessageContaining("  validator-1: ")
                .hasMessageContaining(" was the worst; out of bounds ")
                .hasMessageContaining("    measured: 0 at ");
        assertThat(outcome.failureOf("expect metric nobody_tells_this"))
                .hasMessageContaining("inconclusive: the value of nobody_tells_this was not measured:\n"
                        + "  validator-0: it tells no such metric\n  validator-1: it tells no such metric");
    }

    @Topology(validators = 2)
    @RunFor("10m")
    @ExpectMetric(metric = HEIGHT, atMost = 5, continuous = true)
    static class Cut {
        @ScenarioTest
        void run(RunContext run) throws InterruptedException {
            run.clock().sleep(Duration.ofMinutes(9));
        }
    }

    @Test
    void aContinuousBoundEndsTheRun() throws IOException {
        var outcome = run(Cut.class);

        assertThat(outcome.failureOf("expect metric nomos_dev_node_height"))
                .hasMessageContaining("expected the value of nomos_dev_node_height to be at most 5 but:\n");
        assertThat(Files.readString(journal(Cut.class, 1)))
                .contains("\"problem\":\"expectation 'metric nomos_dev_node_height at most 5' was violated\"");
    }

    @Topology(validators = 3)
    @RunFor("2m")
    static class Stopped {
        @ScenarioTest
        void run(RunContext run, NodeControl nodes) throws InterruptedException {
            nodes.stop("validator-1");
            run.clock().sleep(Duration.ofSeconds(20));
            assertThat(run.metrics().value("validator-1", HEIGHT)).isEmpty();
            nodes.start("validator-1");
            run.clock().sleep(Duration.ofSeconds(20));

            var series = run.metrics().series(HEIGHT).get(1);
            assertThat(series.node()).isEqualTo("validator-1");
            assertThat(series.samples().stream()
                            .map(MetricSample::missing)
                            .filter(Objects::nonNull)
                            .distinct())
                    .containsExactly("it does not run");
            assertThat(series.last()).isPresent();
            assertThat(run.metrics().series(HEIGHT).get(0).samples()).allMatch(MetricSample::isMeasured);
        }
    }

    @Test
    void aNodeThatIsDownHasNoValueThen() {
        assertThat(run(Stopped.class).tests()).containsExactly("run 2 min on 3 validators, embedded SUCCESSFUL");
    }

    @Topology
    @RunFor("2m")
    @ExpectMetric(
            metric = "a{b=\"c\"}",
            node = "validator-0",
            summed = true,
            measure = MetricMeasure.RATE,
            over = "30s",
            atLeast = 1,
            atMost = 2,
            breach = 0.1,
            continuous = true)
    static class Attributes {}

    @Test
    void attributesBecomeSettings() {
        assertThat(PlanReader.read(null, List.of(Attributes.class), null)
                        .scenario()
                        .expectations())
                .containsExactly(MetricBound.of("a{b=\"c\"}")
                        .on("validator-0")
                        .sum()
                        .rateOver(Duration.ofSeconds(30))
                        .atLeast(1)
                        .atMost(2)
                        .exceptFor(0.1)
                        .continuously());
    }
}
