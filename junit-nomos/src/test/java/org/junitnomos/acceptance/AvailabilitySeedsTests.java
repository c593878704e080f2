package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.CorruptedSharesFault;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.chaos.SlowDispersalFault;
import org.junitnomos.chaos.SubnetOutageFault;
import org.junitnomos.chaos.WithheldSharesFault;
import org.junitnomos.expectation.AvailabilityRecovery;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.ChannelOrder;
import org.junitnomos.expectation.Dispersal;
import org.junitnomos.expectation.HistoricSampling;
import org.junitnomos.expectation.Retrievability;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.workload.DataAvailabilityWorkload;

/** Blobs under outages of subnets, slow links, partitions and restarts give no false alarm, whatever the seed. */
class AvailabilitySeedsTests {
    /** How many seeds are run: 1, or {@code -Dcampaign.seeds=500} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 1);

    @TempDir
    Path directory;

    private static Schedule schedule(int at, int duration, int every) {
        return new Schedule(Duration.ofSeconds(at), Duration.ofSeconds(duration), Duration.ofSeconds(every));
    }

    private static Scenario blobsUnderChaos() {
        return Scenario.builder()
                .name("blobs under chaos")
                .validators(4)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .securityParameter(20)
                .workload(DataAvailabilityWorkload.builder().blobRate(1).build())
                .workload(new SubnetOutageFault(schedule(20, 15, 150)))
                .workload(new SlowDispersalFault(
                        new LinkSpec(Duration.ofSeconds(1), Duration.ofMillis(200), 10), schedule(60, 15, 150)))
                .workload(new WithheldSharesFault(50, schedule(110, 10, 150)))
                .workload(new CorruptedSharesFault(50, schedule(130, 10, 150)))
                .workload(new PartitionFault(
                        PartitionShape.ONE_NODE,
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(150)))
                .workload(new RandomRestartsFault(
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(80),
                        Duration.ofSeconds(90),
                        List.of(NodeRole.EXECUTOR)))
                .expect(new BlobInclusion(80, 50, 30))
                .expect(new Dispersal())
                .expect(new Retrievability())
                .expect(new HistoricSampling())
                .expect(new ChannelOrder())
                .expect(new AvailabilityRecovery(30))
                .runFor(Duration.ofMinutes(6))
                .build();
    }

    @Test
    @Timeout(7200)
    void noExpectationFails() {
        assertThat(Runs.alarms(blobsUnderChaos(), directory, SEEDS)).isEmpty();
    }
}
