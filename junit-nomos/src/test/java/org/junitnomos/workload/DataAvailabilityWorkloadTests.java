package org.junitnomos.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.chaos.WithheldSharesFault;
import org.junitnomos.expectation.AvailabilityRecovery;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.ChannelOrder;
import org.junitnomos.expectation.Retrievability;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.BlobLedger.State;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.testkit.JournaledRun;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

class DataAvailabilityWorkloadTests {
    @TempDir
    Path directory;

    private static ScenarioBuilder plan(DataAvailabilityWorkload workload) {
        return Scenario.builder()
                .name("blobs")
                .validators(3)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .workload(workload)
                .runFor(Duration.ofMinutes(2));
    }

    @Nested
    class Settings {
        private void expectProblem(ScenarioBuilder plan, String text) {
            assertThatThrownBy(plan::build)
                    .isInstanceOf(ScenarioValidationException.class)
                    .hasMessageContaining(text);
        }

        private void expectProblem(DataAvailabilityWorkload workload, String text) {
            expectProblem(plan(workload), text);
        }

        @Test
        void rejectAPlanWithoutAnExecutor() {
            expectProblem(
                    plan(new DataAvailabilityWorkload()).executors(0),
                    "workload 'data availability' is used without an executor, expected at least 1 executor,"
                            + " because only"
                            + " executors disperse blobs. Raise executors.");
        }

        @Test
        void rejectRatesOutOfRange() {
            expectProblem(
                    new DataAvailabilityWorkload(0),
                    "data availability: blobRate is 0, expected 1 to 256 blobs per block. Raise it.");
            expectProblem(
                    DataAvailabilityWorkload.builder().channelRate(257).build(),
                    "data availability: channelRate is 257, expected 1 to 256 channels per block. Lower it.");
            expectProblem(
                    DataAvailabilityWorkload.builder().channels(-1).build(),
                    "data availability: channels is -1, expected 1 to 1024 channels. Raise it.");
            expectProblem(
                    DataAvailabilityWorkload.builder().headroomPercent(-1).build(),
                    "data availability: headroomPercent is -1, expected 0 to 1000 percent. Raise it.");
            expectProblem(
                    DataAvailabilityWorkload.builder().concurrentDispersals(0).build(),
                    "data availability: concurrentDispersals is 0, expected 1 to 256 blobs. Raise it.");
            expectProblem(
                    DataAvailabilityWorkload.builder().signers(256).build(),
                    "data availability: signers is 256, expected 1 to 255 signers. Lower it.");
        }

        @Test
        void rejectLengthsThatNoNodeTakes() {
            expectProblem(
                    DataAvailabilityWorkload.builder().sizes(31, 32).build(),
                    "data availability: sizes is 32, expected multiples of 31 from 31 to 21142 bytes. Change the"
                            + " length.");
            expectProblem(DataAvailabilityWorkload.builder().sizes(21173).build(), "data availability: sizes is 21173");
            expectProblem(
                    DataAvailabilityWorkload.builder().sizes().build(),
                    "data availability: sizes is empty, expected at least one length in bytes. Name a length such as"
                            + " 31.");
        }

        @Test
        void openAsManyChannelsAsTheRateTakes() {
            var scenario = plan(new DataAvailabilityWorkload()).build();
            assertThat(new DataAvailabilityWorkload(2).channelsIn(scenario)).isEqualTo(14);
            assertThat(DataAvailabilityWorkload.builder()
                            .headroomPercent(0)
                            .build()
                            .channelsIn(scenario))
                    .isEqualTo(12);
            assertThat(DataAvailabilityWorkload.builder().channels(3).build().channelsIn(scenario))
                    .isEqualTo(3);
        }
    }

    private List<JournalEvent> run(ScenarioBuilder plan, long seed) throws IOException {
        var run = JournaledRun.of(plan, directory, seed);
        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        return run.events();
    }

    @Test
    void publishesAtItsRate() throws IOException {
        var events = run(plan(new DataAvailabilityWorkload(2)), 7);
        long blocks = events.stream()
                .filter(JournalEvent.BlockObserved.class::isInstance)
                .map(JournalEvent.BlockObserved.class::cast)
                .filter(block -> block.at() < Duration.ofMinutes(2).toNanos())
                .count();
        var ledger = BlobLedger.of(events);

        assertThat(ledger.size()).isBetween((int) (2 * blocks * 0.8), (int) (2 * blocks + 2));
        assertThat(ledger.fates()).extracting(BlobLedger.Fate::state).doesNotContain(State.REFUSED, State.ORPHANED);
        assertThat(ledger.fates()).extracting(BlobLedger.Fate::size).contains(31L, 62L, 124L, 248L);
    }

    /** The most blobs that one executor had and had not answered for yet. */
    private static int mostAtOnce(List<JournalEvent> events) {
        var open = new HashMap<String, Integer>();
        int most = 0;
        for (var event : events) {
            if (event instanceof JournalEvent.BlobSubmitted submitted) {
                most = Math.max(most, open.merge(submitted.node(), 1, Integer::sum));
            } else if (event instanceof JournalEvent.BlobDispersed dispersed) {
                open.merge(dispersed.node(), -1, Integer::sum);
            } else if (event instanceof JournalEvent.BlobRefused refused) {
                open.merge(refused.node(), -1, Integer::sum);
            }
        }
        return most;
    }

    @Test
    void anExecutorGetsAsManyBlobsAtOnceAsThePlanSays() throws IOException {
        var workload = DataAvailabilityWorkload.builder().blobRate(6);
        var slow = new LinkSpec(Duration.ofMillis(500), Duration.ZERO, 0);

        var oneByOne = run(plan(workload.build()).links(slow), 7);
        var three = run(plan(workload.concurrentDispersals(3).build()).links(slow), 7);

        assertThat(mostAtOnce(oneByOne)).isEqualTo(1);
        assertThat(mostAtOnce(three)).isEqualTo(3);
    }

    @Test
    void oneSeedGivesOneJournal() throws IOException {
        var plan = plan(new DataAvailabilityWorkload(2))
                .workload(new RandomRestartsFault(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(60),
                        List.of(NodeRole.EXECUTOR)))
                .expect(new Retrievability());

        var first = run(plan, 11);
        assertThat(first).hasAtLeastOneElementOfType(JournalEvent.BlobRetrieved.class);
        assertThat(run(plan, 11)).isEqualTo(first);
    }

    @Test
    void losesNoBlobToReorgsAndRestarts() throws IOException {
        var plan = plan(new DataAvailabilityWorkload(2))
                .securityParameter(20)
                .workload(new PartitionFault(
                        PartitionShape.HALVES, Duration.ofSeconds(25), Duration.ofSeconds(12), Duration.ofSeconds(50)))
                .workload(new RandomRestartsFault(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(60),
                        List.of(NodeRole.EXECUTOR)))
                .expect(new BlobInclusion(80, 90, 20))
                .expect(new Retrievability())
                .expect(new ChannelOrder())
                .expect(new AvailabilityRecovery())
                .runFor(Duration.ofMinutes(5));
        var ledger = BlobLedger.of(run(plan, 7));

        assertThat(ledger.fates().stream().mapToInt(BlobLedger.Fate::orphanings).sum())
                .as("reorgs undid announcements")
                .isPositive();
        assertThat(ledger.count(State.RETRIEVABLE)).isGreaterThan(100);
    }

    @Test
    void givesABlobThatNobodyCouldSampleAnotherTransaction() throws IOException {
        var plan = plan(new DataAvailabilityWorkload(2))
                .workload(new WithheldSharesFault(100, Schedule.once(Duration.ofSeconds(20), Duration.ofSeconds(40))))
                .runFor(Duration.ofMinutes(4));
        var events = run(plan, 7);
        var ledger = BlobLedger.of(events);

        assertThat(events)
                .filteredOn(JournalEvent.Note.class::isInstance)
                .extracting(note -> ((JournalEvent.Note) note).text())
                .anyMatch(text -> text.contains("so that a blob that is in no block gets another transaction"));
        assertThat(ledger.fates())
                .filteredOn(fate -> fate.submittedAt() < Duration.ofSeconds(60).toNanos())
                .hasSizeGreaterThan(20)
                .allSatisfy(fate -> assertThat(fate.block()).as(fate.label()).isNotNull());
    }
}
