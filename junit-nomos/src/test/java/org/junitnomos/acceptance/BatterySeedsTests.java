package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.expectation.AvailabilityRecovery;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.BoundedReorgs;
import org.junitnomos.expectation.ChannelOrder;
import org.junitnomos.expectation.CleanLogs;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.Dispersal;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.HistoricSampling;
import org.junitnomos.expectation.NoUnexpectedRestarts;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Retrievability;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.TransactionWorkload;

/**
 * Healthy nodes under steady load, restarts, a partition and blobs give no alarm, whatever the seed. How deep reorgs are
 * after restarts has no bound of its own, so it is left to safety there.
 */
class BatterySeedsTests {
    /** How many seeds each scenario is run with: 2, or {@code -Dcampaign.seeds=1000} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 2);

    @TempDir
    Path directory;

    /** Three validators and an executor for two minutes, and what is expected of every run. */
    private static ScenarioBuilder nodes(String name, NetworkLayout layout) {
        return Scenario.builder()
                .name(name)
                .validators(3)
                .executors(1)
                .layout(layout)
                .securityParameter(20)
                .wallets(20)
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .expect(new NoUnexpectedRestarts())
                .expect(new CleanLogs())
                .runFor(Duration.ofMinutes(2));
    }

    static Stream<Scenario> battery() {
        var load = new TransactionWorkload(3, 20);
        return Stream.of(
                nodes("steady load", NetworkLayout.STAR)
                        .workload(load)
                        .expect(new TransactionInclusion())
                        .expect(new BoundedReorgs())
                        .build(),
                nodes("steady load in a chain", NetworkLayout.CHAIN)
                        .workload(load)
                        .expect(new TransactionInclusion())
                        .expect(new BoundedReorgs())
                        .build(),
                nodes("restarts", NetworkLayout.FULL)
                        .workload(load)
                        .workload(new RandomRestartsFault(
                                Duration.ofSeconds(15), Duration.ofSeconds(40), Duration.ofSeconds(30)))
                        .expect(new TransactionInclusion(30, 95))
                        .expect(new Recovery())
                        .build(),
                nodes("a partition", NetworkLayout.FULL)
                        .workload(load)
                        .workload(new PartitionFault(
                                PartitionShape.ONE_NODE,
                                new Schedule(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO)))
                        .expect(new TransactionInclusion(30, 95))
                        .expect(new Recovery())
                        .build(),
                nodes("blobs", NetworkLayout.FULL)
                        .workload(DataAvailabilityWorkload.builder().blobRate(1).build())
                        .workload(new PartitionFault(
                                PartitionShape.ONE_NODE,
                                new Schedule(Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ZERO)))
                        .expect(new BlobInclusion(80, 50, 30))
                        .expect(new Dispersal())
                        .expect(new Retrievability())
                        .expect(new HistoricSampling())
                        .expect(new ChannelOrder())
                        .expect(new AvailabilityRecovery(30))
                        .build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("battery")
    @Timeout(7200)
    void givesNoAlarm(Scenario scenario) {
        assertThat(Runs.alarms(scenario, directory, SEEDS)).isEmpty();
    }
}
