package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.CorruptedSharesFault;
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
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.ChannelStart;
import org.junitnomos.workload.DataAvailabilityWorkload;

/** The annotations of data availability: what they mean, and that they work on dev nodes. */
class DataAvailabilityAnnotationTests {
    @TempDir
    Path directory;

    @Topology(validators = 3, executors = 2, layout = NetworkLayout.FULL)
    @DataAvailability(
            blobRate = 1,
            channels = 3,
            concurrentDispersals = 4,
            sizes = 62,
            start = ChannelStart.ALTERNATING,
            signers = 2)
    @SubnetOutage(subnet = 1, at = "30s", duration = "10s")
    @SlowDispersal(latency = "500ms", at = "50s", duration = "10s")
    @WithheldShares(at = "62s", duration = "6s")
    @CorruptedShares(percent = 60, at = "70s", duration = "6s")
    @ExpectBlobInclusion(inscriptionsPercent = 90, blobsPercent = 60, withinBlocks = 25)
    @ExpectDispersal
    @ExpectRetrievability(choices = 2)
    @ExpectHistoricSampling(blocks = 3)
    @ExpectChannelOrder
    @ExpectAvailabilityRecovery(withinBlocks = 25)
    @RunFor("3m")
    static class Everything {
        @ScenarioTest
        void happensInOneRun(Journal journal, RunContext run) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(90));
            assertThat(journal.events(JournalEvent.FaultRequested.class))
                    .extracting(JournalEvent.FaultRequested::kind)
                    .contains("stop", "link", "withhold", "corrupt");
            assertThat(journal.events(JournalEvent.FaultInForce.class))
                    .hasSameSizeAs(journal.events(JournalEvent.FaultRequested.class));
        }
    }

    @Test
    void attributesBecomeSettings() {
        var scenario = PlanReader.read(null, List.of(Everything.class), null).scenario();
        assertThat(scenario.workloads())
                .containsExactlyInAnyOrder(
                        new DataAvailabilityWorkload(1, 1, 3, 20, 4, List.of(62), ChannelStart.ALTERNATING, 2, true),
                        new SubnetOutageFault(1, Schedule.once(Duration.ofSeconds(30), Duration.ofSeconds(10))),
                        new WithheldSharesFault(50, Schedule.once(Duration.ofSeconds(62), Duration.ofSeconds(6))),
                        new CorruptedSharesFault(60, Schedule.once(Duration.ofSeconds(70), Duration.ofSeconds(6))),
                        new SlowDispersalFault(
                                new LinkSpec(Duration.ofMillis(500), Duration.ZERO, 0),
                                Schedule.once(Duration.ofSeconds(50), Duration.ofSeconds(10))));
        assertThat(scenario.expectations())
                .containsExactlyInAnyOrder(
                        new BlobInclusion(90, 60, 25),
                        new Dispersal(),
                        new Retrievability(2),
                        new HistoricSampling(3),
                        new ChannelOrder(),
                        new AvailabilityRecovery(25));
    }

    @Test
    void everythingHoldsInOneRun() {
        var outcome =
                NomosTestKit.kit().with("nomos.directory", directory.toString()).execute(Everything.class);
        assertThat(outcome.tests()).hasSize(7).allMatch(line -> line.endsWith("SUCCESSFUL"));
    }

    @Topology(validators = 2)
    @DataAvailability(sizes = 30)
    @SlowDispersal(at = "1s", duration = "1s")
    @WithheldShares(percent = 101, at = "1s", duration = "1s")
    @SubnetOutage(subnet = -2, at = "1s", duration = "1s")
    @ExpectRetrievability(choices = 0)
    @RunFor("1m")
    static class WrongEverywhere {}

    @Test
    void allProblemsAreToldTogether() {
        var here = " on DataAvailabilityAnnotationTests.WrongEverywhere";
        assertThat(WrongPlanTests.problems(WrongEverywhere.class))
                .allMatch(text -> text.contains(here))
                .map(text -> text.replace(here, ""))
                .anyMatch(text -> text.contains("@DataAvailability is used without an executor"))
                .anyMatch(text -> text.contains("@DataAvailability.sizes is 30"))
                .anyMatch(text -> text.contains("@SlowDispersal is used without an executor, expected at least 1"))
                .anyMatch(text -> text.contains(
                        "@SubnetOutage.subnet is -2, expected the number of a subnet, or -1 for a drawn one"))
                .anyMatch(text -> text.contains(
                        "@WithheldShares.percent is 101, expected 1 to 100 percent of the columns. Change it."))
                .anyMatch(text ->
                        text.contains("@ExpectRetrievability.choices is 0, expected 1 to 1000 choices of columns"));
    }
}
