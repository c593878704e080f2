package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.expectation.Leadership;
import org.junitnomos.expectation.LinkTraffic;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** Healthy nodes whose messages take a large share of a slot are not blamed for it. */
class SlowLinksSeedsTests {
    /** How many seeds each scenario is run with: 3, or {@code -Dcampaign.seeds=100}. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 3);

    @TempDir
    Path directory;

    private static ScenarioBuilder nodes(NetworkLayout layout, long latencyMillis) {
        return Scenario.builder()
                .name(layout + " with " + latencyMillis + " ms")
                .validators(3)
                .executors(1)
                .layout(layout)
                .links(new LinkSpec(Duration.ofMillis(latencyMillis), Duration.ofMillis(latencyMillis / 10), 0))
                .securityParameter(20)
                .wallets(20)
                .workload(new TransactionWorkload(3, 20))
                .expect(new Leadership())
                .expect(new LinkTraffic())
                .runFor(Duration.ofMinutes(4));
    }

    /** 0.4 to 0.7 of a slot of 2 s. */
    static Stream<Scenario> slow() {
        return Stream.of(
                nodes(NetworkLayout.FULL, 800).build(),
                nodes(NetworkLayout.FULL, 1400).build(),
                nodes(NetworkLayout.STAR, 1000).build(),
                nodes(NetworkLayout.CHAIN, 800).build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    @Timeout(7200)
    void givesNoAlarm(Scenario scenario) {
        assertThat(Runs.alarms(scenario, directory, SEEDS)).isEmpty();
    }
}
