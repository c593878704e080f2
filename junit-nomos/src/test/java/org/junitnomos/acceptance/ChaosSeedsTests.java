package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.ChurnFault;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.PausedNodeFault;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.RestartMode;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.chaos.SkewedClockFault;
import org.junitnomos.chaos.SlowLinkFault;
import org.junitnomos.expectation.BoundedReorgs;
import org.junitnomos.expectation.CleanLogs;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.NoUnexpectedRestarts;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** Seven nodes under faults for ten minutes give no false alarm, whatever the seed. */
class ChaosSeedsTests {
    /** How many seeds are run: 1, or {@code -Dcampaign.seeds=100} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 1);

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
                .workload(
                        new RandomRestartsFault(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(90)))
                .workload(new PartitionFault(
                        PartitionShape.HALVES, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(120)))
                .workload(new PartitionFault(
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

    /** Every fault there is, also at the same time. */
    private static Scenario everything() {
        return Scenario.builder()
                .name("everything breaks")
                .validators(5)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .securityParameter(25)
                .wallets(30)
                .workload(new TransactionWorkload(2, 30))
                .workload(
                        new RandomRestartsFault(seconds(40), seconds(80), seconds(90)).by(RestartMode.KILL, seconds(5)))
                .workload(new PausedNodeFault("", new Schedule(seconds(50), seconds(8), seconds(90))))
                .workload(new ChurnFault(seconds(30), seconds(60)))
                .workload(new PartitionFault(
                        PartitionShape.ISOLATE_LEADER, new Schedule(seconds(60), seconds(10), seconds(150))))
                .workload(new PartitionFault(
                        PartitionShape.MINORITY, new Schedule(seconds(65), seconds(8), seconds(240))))
                .workload(new SlowLinkFault(
                        "validator-0",
                        "executor-1",
                        new LinkSpec(seconds(1), Duration.ofMillis(100), 20, 100_000),
                        new Schedule(seconds(90), seconds(20), seconds(200))))
                .workload(new SkewedClockFault("validator-4", seconds(1), seconds(300), seconds(30)))
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .expect(new Recovery(8, 1))
                .expect(new BoundedReorgs(20))
                .expect(new NoUnexpectedRestarts())
                .expect(new CleanLogs())
                .runFor(Duration.ofMinutes(10))
                .build();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void noSeedFails(Scenario scenario) {
        assertThat(Runs.alarms(scenario, directory, SEEDS)).isEmpty();
    }

    @Test
    @Timeout(1200)
    void noExpectationFails() {
        noSeedFails(sevenNodes());
    }

    @Test
    @Timeout(1200)
    void noExpectationFailsWhenEverythingBreaks() {
        noSeedFails(everything());
    }
}
