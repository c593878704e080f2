package org.junitnomos.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.testkit.JournaledRun;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeState;

class NetworkFaultTests {
    @TempDir
    Path directory;

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static ScenarioBuilder plan(WorkloadGenerator... faults) {
        var plan = Scenario.builder().name("faults").validators(5).runFor(Duration.ofMinutes(2));
        for (var fault : faults) {
            plan.workload(fault);
        }
        return plan;
    }

    private static long driveStart(JournaledRun run) {
        return run.events(JournalEvent.PhaseStarted.class).stream()
                .filter(event -> event.phase() == RunPhase.DRIVE)
                .findFirst()
                .orElseThrow()
                .at();
    }

    /** Begin and end of every fault, in whole seconds since the drive began. */
    private static List<String> spans(JournaledRun run) {
        var spans = new ArrayList<String>();
        for (var fault : run.events(FaultRequested.class)) {
            var proven = run.events(FaultInForce.class).stream()
                    .filter(each -> each.fault() == fault.fault())
                    .toList();
            var healed = run.events(FaultHealed.class).stream()
                    .filter(each -> each.fault() == fault.fault())
                    .toList();
            assertThat(proven).hasSize(1);
            spans.add(fault.kind() + " " + whole(run, fault.at()) + ".."
                    + (healed.isEmpty() ? "" : whole(run, healed.get(0).at())));
        }
        return spans;
    }

    private static long whole(JournaledRun run, long at) {
        return Math.round((at - driveStart(run)) / 1e9);
    }

    @Nested
    class Sides {
        private final List<String> nodes =
                IntStream.range(0, 7).mapToObj(i -> "validator-" + i).toList();

        @ParameterizedTest
        @EnumSource
        void areDrawnFromTheNodesByTheSeedAlone(PartitionShape shape) {
            for (int seed = 0; seed < 50; seed++) {
                var side = shape.side(nodes, new Random(seed));
                assertThat(side).isEqualTo(shape.side(nodes, new Random(seed)));
                assertThat(nodes.stream().filter(side::contains).toList()).isEqualTo(side);
                switch (shape) {
                    case HALVES -> assertThat(side).hasSize(3);
                    case MINORITY -> assertThat(side).hasSizeBetween(1, 3);
                    case ONE_NODE, ISOLATE_LEADER -> assertThat(side).hasSize(1);
                }
            }
            assertThat(shape.side(List.of("a", "b"), new Random(1))).hasSize(1);
        }
    }

    @Test
    void aPartitionComesAgainAndHealsItself() throws Exception {
        var partition = new PartitionFault(PartitionShape.HALVES, seconds(10), seconds(8), seconds(40));
        var run = JournaledRun.of(plan(partition), directory, 3);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(spans(run)).containsExactly("partition 10..18", "partition 50..58", "partition 90..98");
        assertThat(run.events(FaultRequested.class))
                .allMatch(fault -> fault.targets().size() == 5);
    }

    @Test
    void aPartitionIsHealedBeforeTheRunWindowEnds() throws Exception {
        var partition = new PartitionFault(PartitionShape.MINORITY, seconds(10), seconds(30), seconds(100));
        var run = JournaledRun.of(plan(partition), directory, 3);
        assertThat(spans(run)).containsExactly("partition 10..40", "partition 110..118");
    }

    @Test
    void aPartitionIsHealedWhenTheRunIsCut() throws Exception {
        WorkloadGenerator failing = new Failing();
        var run = JournaledRun.of(
                plan(new PartitionFault(PartitionShape.ONE_NODE, seconds(10), seconds(60)), failing), directory, 3);
        assertThat(run.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(spans(run)).containsExactly("partition 10..30");
    }

    record Failing() implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(30));
            throw new IllegalStateException("enough");
        }
    }

    @Test
    void faultsOverlapAndHealOneByOne() throws Exception {
        var link = new LinkSpec(Duration.ofMillis(200), Duration.ZERO, 0);
        var run = JournaledRun.of(
                plan(
                        new PartitionFault(PartitionShape.HALVES, seconds(10), seconds(8)),
                        new SlowLinkFault("validator-0", "validator-1", link, seconds(12), seconds(10)),
                        new RandomRestartsFault(seconds(3), seconds(4), seconds(500))),
                directory,
                3);
        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(spans(run)).contains("partition 10..18", "link 12..22").hasSize(7);
    }

    @Test
    void linksFlapAsOftenAsAsked() throws Exception {
        var run = JournaledRun.of(
                plan(new FlappingLinksFault("validator-2", seconds(10), seconds(4), seconds(6), 3)), directory, 1);
        assertThat(spans(run)).containsExactly("isolate 10..14", "isolate 20..24", "isolate 30..34");
    }

    @Test
    void aClockRunsAheadForAWhile() throws Exception {
        var run = JournaledRun.of(
                plan(new SkewedClockFault("validator-2", seconds(1), seconds(10), seconds(20))), directory, 1);
        assertThat(spans(run)).containsExactly("skew clock 10..30");
    }

    @Test
    void nodesThatCrashStayDown() throws Exception {
        var run = JournaledRun.of(plan(new CrashFault(2, seconds(30))), directory, 1);
        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(spans(run)).containsExactly("kill 30..", "kill 30..");
        assertThat(run.events(NodeStateChanged.class).stream()
                        .filter(change -> change.state() == NodeState.STOPPED)
                        .limit(2))
                .allMatch(NodeStateChanged::intended)
                .extracting(NodeStateChanged::node)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyNodeRestartsOnceInTurn() throws Exception {
        var run = JournaledRun.of(plan(new RollingRestartFault(seconds(10), seconds(20))), directory, 1);
        assertThat(run.events(FaultRequested.class))
                .extracting(fault -> fault.kind() + " " + fault.targets() + " " + whole(run, fault.at()))
                .containsExactly(
                        "restart [validator-0] 10",
                        "restart [validator-1] 30",
                        "restart [validator-2] 50",
                        "restart [validator-3] 70",
                        "restart [validator-4] 90");
    }

    @Nested
    class InAWrongPlan {
        private void refused(WorkloadGenerator fault, String... problems) {
            for (var problem : problems) {
                assertThatThrownBy(plan(fault)::build).hasMessageContaining(problem);
            }
        }

        @Test
        void aPartitionIsToldWhatIsWrong() {
            refused(
                    new PartitionFault(PartitionShape.HALVES, seconds(-1), seconds(0), seconds(-3)),
                    "partition halves: at is -1 s, expected 0 or more. Give a longer time.",
                    "partition halves: duration is 0 s, expected more than 0. Give a longer time.",
                    "partition halves: every is -3 s, expected 0 for only one, or more than the duration of 0 s."
                            + " Raise every or"
                            + " remove it.");
            refused(
                    new PartitionFault(PartitionShape.HALVES, seconds(100), seconds(20)),
                    "partition halves: duration is 20 s, which ends at 2 min, expected less than 1.967 min, the run"
                            + " window without"
                            + " its last slot. Lower it or run longer.");
            assertThatThrownBy(Scenario.builder()
                            .validators(1)
                            .workload(new PartitionFault(PartitionShape.HALVES, seconds(1), seconds(2)))::build)
                    .hasMessageContaining(
                            "workload 'partition halves' is used with 1 node, expected at least 2 nodes: a"
                                    + " partition has"
                                    + " two sides. Raise validators.");
        }

        @Test
        void aSlowLinkIsToldWhatIsWrong() {
            refused(
                    new SlowLinkFault(
                            "validator-1",
                            "validator-2",
                            new LinkSpec(seconds(-1), seconds(-2), 1000, -3),
                            seconds(1),
                            seconds(2)),
                    "slow link: b is \"validator-2\", expected a node that validator-1 is linked with: [validator-0]."
                            + " Name one of them.",
                    "slow link: latency is -1 s, expected 0 or more",
                    "slow link: jitter is -2 s, expected 0 or more",
                    "slow link: lossPerMille is 1000, expected 0 to 999. Change the number.",
                    "slow link: bandwidth is -3, expected 0 for no limit, or more. Change the number.");
            refused(
                    new SlowLinkFault("validator-0", "validator-9", LinkSpec.DEFAULT, seconds(1), seconds(2)),
                    "slow link: b is \"validator-9\", expected one of [validator-0, validator-1, validator-2,"
                            + " validator-3, validator-4]. Name one of them.");
        }

        @Test
        void theOthersAreToldWhatIsWrong() {
            refused(
                    new FlappingLinksFault("v", seconds(1), seconds(0), seconds(0), 0),
                    "flapping links: node is \"v\", expected one of [",
                    "flapping links: down is 0 s, expected more than 0",
                    "flapping links: up is 0 s, expected more than 0",
                    "flapping links: times is 0, expected at least 1. Raise it.");
            refused(
                    new FlappingLinksFault("validator-0", seconds(1), seconds(20), seconds(20), 4),
                    "flapping links: times is 4, which ends at 2.35 min, expected less than 1.967 min");
            refused(
                    new SkewedClockFault("validator-0", seconds(0), seconds(1), seconds(2)),
                    "clock skew: ahead is 0 s, expected a time that is not 0. Say how far the clock runs ahead or"
                            + " behind.");
            refused(new CrashFault(0, seconds(1)), "crash and stay down: count is 0, expected at least 1 node");
            refused(
                    new CrashFault(5, seconds(120)),
                    "workload 'crash and stay down' is used with 5 nodes, expected at least 6 nodes: a last running"
                            + " node is never"
                            + " taken down",
                    "crash and stay down: at is 2 min, expected less than 1.967 min");
            refused(
                    new RollingRestartFault(seconds(1), seconds(30)),
                    "rolling restart: pause is 30 s, which restarts the last of 5 nodes at 2.017 min, expected less"
                            + " than"
                            + " 1.967 min, the run window without its last slot. Lower it or run longer.");
        }
    }
}
