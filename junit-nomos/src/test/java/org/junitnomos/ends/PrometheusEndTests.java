package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.NeedsPrometheus;

/** Nothing of a run's Prometheus outlives its JVM; {@code -Dcampaign.prometheus.rounds=20} kills 20 of them. */
@NeedsPrometheus
class PrometheusEndTests {
    private static final int ROUNDS = Integer.getInteger("campaign.prometheus.rounds", 2);

    @TempDir
    Path directory;

    private void killWhileDriven(int round) throws Exception {
        try (var jvm = new TestJvm(directory.resolve("round-" + round))) {
            jvm.with("nomos.backend", round % 2 == 0 ? "process" : "embedded");
            jvm.with("nomos.time", "real").with("nomos.observability", "true");
            var child = jvm.start(EndingTestCase.WaitsOnTheClock.class);
            child.await("driving ");
            assertThat(jvm.processes()).anyMatch(each -> each.contains("/prometheus --config.file="));

            child.kill();

            jvm.assertNothingIsLeft();
        }
    }

    @Test
    void sigkillLeavesNothing() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            killWhileDriven(round);
        }
    }
}
