package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.expectation.ApiErrors;
import org.junitnomos.expectation.ApiLatency;
import org.junitnomos.expectation.BlockRate;
import org.junitnomos.expectation.FeedLag;
import org.junitnomos.expectation.FinalityLatency;
import org.junitnomos.expectation.InclusionLatency;
import org.junitnomos.expectation.LogBudget;
import org.junitnomos.expectation.MetricMeasure;
import org.junitnomos.expectation.NodeMemory;
import org.junitnomos.expectation.NodeProcessor;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.settings.LogLevel;

/** Levels of service in whole runs: what healthy dev nodes keep, and how planted defects break them. */
class ServiceLevelAnnotationTests {
    private static final String PENDING = "nomos_dev_node_mempool_pending";

    @TempDir
    Path directory;

    private NomosTestKit.Outcome run(Class<?> scenario) {
        return kit().with("nomos.directory", directory.toString()).execute(scenario);
    }

    @Topology(validators = 3, securityParameter = 5)
    @Wallets(30)
    @Transactions(rate = 3, users = 15, judged = false)
    @RunFor(value = "5m", cooldown = "2m")
    @ExpectInclusionLatency(percentile = 50, within = "30s")
    @ExpectInclusionLatency(percentile = 95, within = "1m", eachNode = true)
    @ExpectFinalityLatency(percentile = 95, within = "2m")
    @ExpectApiLatency(percentile = 99, within = "100ms")
    @ExpectApiErrors(atMost = 0.01)
    @ExpectBlockRate(atLeast = 0.3)
    @ExpectFeedLag(percentile = 99, within = "2s")
    @ExpectMetric(metric = PENDING, measure = MetricMeasure.PERCENTILE, percentile = 95, atMost = 60)
    @ExpectMetric(metric = PENDING, measure = MetricMeasure.GROWTH, atMost = 40)
    static class Levels {
        @ScenarioTest
        void run() {}
    }

    @Test
    void healthyNodesKeepThem() {
        assertThat(run(Levels.class).tests())
                .containsExactly(
                        "run 5 min on 3 validators, embedded SUCCESSFUL",
                        "expect latency of inclusion of 50 % within 30 s SUCCESSFUL",
                        "expect latency of inclusion of 95 % within 1 min on each node SUCCESSFUL",
                        "expect latency of finality of 95 % within 2 min SUCCESSFUL",
                        "expect latency of the API of 99 % within 100 ms SUCCESSFUL",
                        "expect errors of the API at most 1 % SUCCESSFUL",
                        "expect blocks per slot at least 0.3 SUCCESSFUL",
                        "expect lag of the feed for 99 % within 2 s SUCCESSFUL",
                        "expect metric nomos_dev_node_mempool_pending 95th percentile at most 60 SUCCESSFUL",
                        "expect metric nomos_dev_node_mempool_pending growth at most 40 SUCCESSFUL");
    }

    /** From the second minute on, a block holds one of three transactions that come. */
    @Defect(node = "all", name = "one-transaction-a-block", from = "2m")
    static class SlowInclusion extends Levels {}

    @Test
    void aRegressionOfLatencyBreaksThePercentile() {
        assertThat(run(SlowInclusion.class).failureOf("expect latency of inclusion of 95 %"))
                .hasMessageContaining(
                        "expected 95 % of the accepted transactions to be on the chain within 1 min but:\n")
                .hasMessageContaining(" accepted transactions were late, ")
                .hasMessageContaining("; the worst began at ")
                .hasMessageContaining("\n    measured: ");
    }

    /** A pool that keeps what it should forget, until the node makes a block itself. */
    @Topology(stake = {50, 1, 49})
    @Defect(node = "validator-1", name = "never-empties")
    static class Leak extends Levels {}

    @Test
    void aLeakBreaksTheGrowth() {
        assertThat(run(Leak.class).failureOf("expect metric nomos_dev_node_mempool_pending growth"))
                .hasMessageContaining("expected the growth of nomos_dev_node_mempool_pending to be at most 40 but:\n"
                        + "  validator-1: ")
                .hasMessageContaining("\n    measured: 0 at ")
                .hasMessageNotContaining("validator-0");
    }

    @Topology(validators = 3)
    @RunFor("2m")
    @ExpectApiErrors(atMost = 0.05)
    @ExpectApiLatency(within = "1s", node = "validator-1")
    static class Paused {
        @ScenarioTest
        void run(RunContext run, NodeControl nodes) throws InterruptedException {
            nodes.pause("validator-1");
            run.clock().sleep(Duration.ofSeconds(30));
            nodes.resume("validator-1");
        }
    }

    @Test
    void aNodeThatDoesNotAnswerBreaksBoth() {
        var outcome = run(Paused.class);

        assertThat(outcome.failureOf("expect errors of the API"))
                .hasMessageContaining("expected at most 5 % of the requests to fail but:\n  validator-1: ")
                .hasMessageContaining("; the worst was ")
                .hasMessageNotContaining("validator-0");
        assertThat(outcome.failureOf("expect latency of the API"))
                .hasMessageContaining("expected 95 % of the requests to be answered within 1 s but:\n  validator-1: ")
                .hasMessageContaining(" were slower or failed; the worst was ");
    }

    @Topology(validators = 2)
    @RunFor("2m")
    @ExpectInclusionLatency(percentile = 50, within = "30s", node = "validator-0")
    @ExpectFinalityLatency(within = "2m", eachNode = true)
    @ExpectApiLatency(within = "100ms", route = "/x")
    @ExpectApiErrors(atMost = 0.01, node = "validator-0", route = "/x")
    @ExpectBlockRate(atLeast = 0.3)
    @ExpectFeedLag(within = "2s")
    @ExpectNodeMemory(mebibytes = 512)
    @ExpectNodeMemory(growth = 64, node = "validator-1")
    @ExpectNodeProcessor(processors = 0.5)
    @ExpectNodeProcessor(processors = 1, over = "10s", node = "validator-1")
    @ExpectLogBudget(atMost = 3, pattern = "x", level = LogLevel.WARN)
    @ExpectLogBudget(atMost = 0, pattern = "y", node = "validator-1")
    static class Attributes {}

    @Test
    void attributesBecomeSettings() {
        assertThat(PlanReader.read(null, List.of(Attributes.class), null)
                        .scenario()
                        .expectations())
                .containsExactly(
                        new InclusionLatency(50, Duration.ofSeconds(30)).on("validator-0"),
                        new FinalityLatency(95, Duration.ofMinutes(2)).onEachNode(),
                        new ApiLatency(95, Duration.ofMillis(100), "", "/x"),
                        new ApiErrors(0.01, "validator-0", "/x"),
                        new BlockRate(0.3),
                        new FeedLag(95, Duration.ofSeconds(2)),
                        new NodeMemory(512),
                        new NodeMemory(Double.POSITIVE_INFINITY, 64, "validator-1"),
                        new NodeProcessor(0.5),
                        new NodeProcessor(1, Duration.ofSeconds(10), "validator-1"),
                        LogBudget.atMost(3, "x").level(LogLevel.WARN),
                        LogBudget.atMost(0, "y").on("validator-1"));
    }
}
