package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junitnomos.expectation.MetricMeasure;
import org.junitnomos.jupiter.ExpectMetric;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.metrics.MetricSample;
import org.junitnomos.scenario.RunContext;

/** What nodes tell in numbers: bounds by annotations, and the numbers themselves in a test. */
// tag::metrics[]
@Topology(validators = 3, executors = 1)
@Wallets(20)
@Transactions(rate = 3, users = 10)
@RunFor("5m")
@ExpectMetric(metric = "consensus_processed_blocks", measure = MetricMeasure.RATE, over = "1m", atLeast = 0.1)
@ExpectMetric(metric = "nomos_dev_node_mempool_pending", atMost = 100, breach = 0.05)
@ExpectMetric(metric = "nomos_client_errors", summed = true, measure = MetricMeasure.GROWTH, atMost = 0)
class MetricsScenario {

    @ScenarioTest
    void everyNodeHasPeers(RunContext run) throws InterruptedException {
        run.clock().sleep(Duration.ofMinutes(1));

        assertThat(run.metrics().value("validator-0", "nomos_dev_node_peers").orElseThrow())
                .isPositive();
        for (var peers : run.metrics().series("nomos_dev_node_peers")) {
            assertThat(peers.samples()).as(peers.node()).allMatch(MetricSample::isMeasured);
        }
    }
}
// end::metrics[]
