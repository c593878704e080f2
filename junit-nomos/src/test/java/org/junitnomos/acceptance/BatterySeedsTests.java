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
import org.junitnomos.expectation.Healthy;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.HostileTransactionsWorkload;
import org.junitnomos.workload.TransactionWorkload;

/**
 * Healthy nodes under steady load, restarts, a partition and blobs give no alarm, whatever the seed, with all that a
 * plan can decide, and hostile load.
 */
class BatterySeedsTests {
    /** How many seeds each scenario is run with: 2, or {@code -Dcampaign.seeds=1000} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 2);

    @TempDir
    Path directory;

    /** Three validators and an executor for two minutes, and all that can be expected of them. */
    private static ScenarioBuilder nodes(String name, NetworkLayout layout) {
        return Scenario.builder()
                .name(name)
                .validators(3)
                .executors(1)
                .layout(layout)
                .securityParameter(20)
                .wallets(20)
                .expect(new Healthy())
                .runFor(Duration.ofMinutes(2));
    }

    static Stream<Scenario> battery() {
        var load = new TransactionWorkload(3, 20);
        var hostile = new HostileTransactionsWorkload();
        return Stream.of(
                nodes("steady load", NetworkLayout.STAR)
                        .workload(load)
                        .workload(hostile)
                        .build(),
                nodes("steady load in a chain", NetworkLayout.CHAIN)
                        .workload(load)
                        .build(),
                nodes("restarts", NetworkLayout.FULL)
                        .workload(load)
                        .workload(hostile)
                        .workload(new RandomRestartsFault(
                                Duration.ofSeconds(15), Duration.ofSeconds(40), Duration.ofSeconds(30)))
                        .build(),
                nodes("a partition", NetworkLayout.FULL)
                        .workload(load)
                        .workload(hostile)
                        .workload(new PartitionFault(
                                PartitionShape.ONE_NODE,
                                new Schedule(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO)))
                        .build(),
                nodes("blobs", NetworkLayout.FULL)
                        .workload(DataAvailabilityWorkload.builder().blobRate(1).build())
                        .workload(new PartitionFault(
                                PartitionShape.ONE_NODE,
                                new Schedule(Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ZERO)))
                        .build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("battery")
    @Timeout(7200)
    void givesNoAlarm(Scenario scenario) {
        assertThat(Runs.alarms(scenario, directory, SEEDS)).isEmpty();
    }
}
