package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.NeedsPrometheus;
import org.junitnomos.testkit.ProgramImage;
import org.junitnomos.testkit.TestLimit;

/** Nothing of a run's Prometheus outlives its JVM; {@code -Dcampaign.prometheus.rounds=20} kills 20 of them. */
@NeedsPrometheus
@TestLimit(900)
class PrometheusEndTests {
    private static final int ROUNDS = Integer.getInteger("campaign.prometheus.rounds", 2);

    @TempDir
    Path directory;

    private TestJvm jvm(String name, int round) throws IOException {
        var jvm = new TestJvm(directory.resolve(name + "-" + round));
        jvm.with("nomos.backend", round % 2 == 0 ? "process" : "embedded");
        return jvm.with("nomos.time", "real").with("nomos.observability", "true");
    }

    private static ChildJvm drive(TestJvm jvm) throws Exception {
        var child = jvm.start(EndingTestCase.WaitsOnTheClock.class);
        child.await("driving ");
        assertThat(jvm.processes()).anyMatch(each -> each.contains("/prometheus --config.file="));
        return child;
    }

    @Test
    void sigkillLeavesNothing() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            try (var jvm = jvm("round", round)) {
                drive(jvm).kill();

                jvm.assertNothingIsLeft();
            }
        }
    }

    /** A terminal sends the signal to all processes of its group, the Prometheus among them. */
    @Test
    void controlCLeavesNothingAndAReport() throws Exception {
        try (var jvm = jvm("interrupted", 1)) {
            var child = drive(jvm);
            assertThat(new ProcessBuilder("kill", "-INT", "--", "-" + child.pid())
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(child.awaitEnd()).isEqualTo(128 + 2);
            assertThat(jvm.read("report.json")).contains("the JVM got the signal SIGINT");
            jvm.assertNothingIsLeft();
        }
    }

    @Test
    @NeedsDocker
    void sigkillLeavesNothingOfAContainer() throws Exception {
        String image = ProgramImage.ofPrometheus();
        var engine = new EngineLeftovers();
        for (int round = 1; round <= ROUNDS; round++) {
            try (var jvm = jvm("container", round).with("nomos.observability.image", image)) {
                var child = jvm.start(EndingTestCase.WaitsOnTheClock.class);
                child.await("driving ");
                String mark = child.pid() + ".";
                assertThat(engine.of(mark)).as("a container and its network").hasSize(2);

                child.kill();

                jvm.assertNothingIsLeft();
                await().atMost(TestJvm.LIMIT)
                        .untilAsserted(() -> assertThat(engine.of(mark)).isEmpty());
            }
        }
    }
}
