package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.Partition;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestarts;
import org.junitnomos.expectation.BoundedReorgs;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** Seven nodes under restarts and partitions for ten minutes give no false alarm, whatever the seed. */
class ChaosSeedsTests {
    /** How many seeds are run: 3, or {@code -Dcampaign.seeds=100} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 3);

    @TempDir
    Path directory;

    private static Scenario sevenNodes() {
        return Scenario.builder()
                .name("seven nodes")
                .validators(5)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .securityParameter(20)
                .wallets(30)
                .workload(new TransactionWorkload(3, 30))
                .workload(new RandomRestarts(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(90)))
                .workload(new Partition(
                        PartitionShape.HALVES, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(120)))
                .workload(new Partition(
                        PartitionShape.ONE_NODE,
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(120)))
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new TransactionInclusion(20, 95))
                .expect(new HeightConvergence())
                .expect(new Recovery())
                .expect(new BoundedReorgs(15))
                .runFor(Duration.ofMinutes(10))
                .build();
    }

    @Test
    @Timeout(1200)
    void noExpectationFails() {
        var failures = new ArrayList<String>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            var result = Runs.run(sevenNodes(), directory, seed);
            if (result.verdict() != Verdict.PASSED) {
                failures.add("seed " + seed + ": " + result.failures());
            }
        }
        assertThat(failures).isEmpty();
    }
}
