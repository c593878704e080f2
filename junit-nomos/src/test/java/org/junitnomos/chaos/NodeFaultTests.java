package org.junitnomos.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.NoUnexpectedRestarts;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.testkit.JournaledRun;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeState;

/** Faults of nodes, on dev nodes: every one is decided on record, proven in force and proven healed. */
class NodeFaultTests {
    private static final List<String> FOUNDERS = List.of("validator-0", "validator-1", "validator-2", "validator-3");

    @TempDir
    Path directory;

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static ScenarioBuilder plan(WorkloadGenerator... faults) {
        var plan = Scenario.builder()
                .name("faults of nodes")
                .validators(4)
                .layout(NetworkLayout.FULL)
                .runFor(Duration.ofMinutes(3))
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .expect(new NoUnexpectedRestarts());
        for (var fault : faults) {
            plan.workload(fault);
        }
        return plan;
    }

    private static List<String> kinds(JournaledRun run) {
        return run.events(FaultRequested.class).stream()
                .map(FaultRequested::kind)
                .toList();
    }

    private static void allProvenAndHealed(JournaledRun run) {
        var numbers = run.events(FaultRequested.class).stream()
                .map(FaultRequested::fault)
                .toList();
        assertThat(numbers).isNotEmpty();
        assertThat(run.events(FaultInForce.class))
                .extracting(FaultInForce::fault)
                .containsAll(numbers);
        assertThat(run.events(FaultHealed.class)).extracting(FaultHealed::fault).containsAll(numbers);
    }

    @Test
    void randomKillsBringNodesBack() throws Exception {
        var kills = new RandomRestartsFault(seconds(10), seconds(20), seconds(15)).by(RestartMode.KILL, seconds(6));
        var run = JournaledRun.of(plan(kills).expect(new Recovery()), directory, 5);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(kinds(run)).hasSizeGreaterThan(4).containsOnly("kill");
        allProvenAndHealed(run);
        var planned = run.events(FaultPlanned.class);
        assertThat(planned).hasSameSizeAs(kinds(run)).allSatisfy(decision -> {
            assertThat(decision.workload()).isEqualTo("random kills");
            assertThat(decision.duration()).isEqualTo(seconds(6).toNanos());
            assertThat(decision.drift()).isZero();
        });
    }

    @Test
    void aNodeMayStayDownBetweenStopAndStart() throws Exception {
        var stops = new RandomRestartsFault(seconds(30), seconds(40), seconds(0)).by(RestartMode.STOP, seconds(10));
        var run = JournaledRun.of(plan(stops).expect(new Recovery()), directory, 5);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(kinds(run)).hasSizeGreaterThan(2).containsOnly("stop");
        allProvenAndHealed(run);
    }

    @Test
    void aDrawnNodeIsPausedAgainAndAgain() throws Exception {
        var pauses = new PausedNodeFault("", new Schedule(seconds(10), seconds(8), seconds(30)));
        var run = JournaledRun.of(plan(pauses).expect(new Recovery()), directory, 5);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(kinds(run)).hasSize(6).containsOnly("pause");
        allProvenAndHealed(run);
        assertThat(run.events(NodeStateChanged.class))
                .filteredOn(change -> change.state() == NodeState.PAUSED)
                .hasSize(6)
                .allMatch(NodeStateChanged::intended);
    }

    @Test
    void nodesJoinAndLeaveWithinBounds() throws Exception {
        var churn = new ChurnFault(seconds(5), seconds(10), 1, 3, NodeRole.VALIDATOR);
        var run = JournaledRun.of(plan(churn).expect(new Recovery(8, 1)), directory, 5);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(kinds(run)).contains("add", "remove");
        var there = new ArrayList<String>();
        for (var change : run.events(NodeStateChanged.class)) {
            if (change.state() == NodeState.SPAWNED
                    && !FOUNDERS.contains(change.node())
                    && !there.contains(change.node())) {
                there.add(change.node());
            } else if (change.state() == NodeState.REMOVED) {
                assertThat(there).hasSizeBetween(2, 3);
                there.remove(change.node());
            }
            assertThat(there).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(there).hasSizeBetween(1, 3);
    }

    @Test
    void theLeaderIsIsolated() throws Exception {
        var partition = new PartitionFault(PartitionShape.ISOLATE_LEADER, seconds(20), seconds(6), seconds(40));
        var run = JournaledRun.of(plan(partition).expect(new Recovery()), directory, 5);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        var decisions = run.events(FaultPlanned.class);
        assertThat(decisions).hasSize(4);
        for (var decision : decisions) {
            assertThat(decision.targets()).hasSize(1);
            var last = run.events(JournalEvent.BlockObserved.class).stream()
                    .filter(block -> block.at() < decision.at())
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(last.slot()).isPositive();
        }
    }

    @Test
    void faultsOfAllKindsOverlap() throws Exception {
        var run = JournaledRun.of(
                plan(
                        new RandomRestartsFault(seconds(10), seconds(20), seconds(15)).by(RestartMode.KILL, seconds(6)),
                        new PausedNodeFault("", new Schedule(seconds(5), seconds(10), seconds(20))),
                        new ChurnFault(seconds(10), seconds(20)),
                        new PartitionFault(PartitionShape.HALVES, seconds(20), seconds(6), seconds(60)),
                        new PartitionFault(PartitionShape.ISOLATE_LEADER, seconds(22), seconds(6), seconds(60))),
                directory,
                7);
        assertThat(kinds(run)).contains("kill", "pause", "add", "partition");
        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void decisionsOfEqualWorkloadsAreApart() throws Exception {
        var run = JournaledRun.of(
                plan(
                        new PartitionFault(PartitionShape.ONE_NODE, seconds(10), seconds(4)),
                        new PartitionFault(PartitionShape.ONE_NODE, seconds(50), seconds(4))),
                directory,
                7);
        assertThat(run.events(FaultPlanned.class))
                .extracting(FaultPlanned::workload)
                .containsExactly("partition one node", "partition one node (2)");
    }

    @Nested
    class InAWrongPlan {
        private void refused(WorkloadGenerator fault, String... problems) {
            for (var problem : problems) {
                assertThatThrownBy(plan(fault)::build).hasMessageContaining(problem);
            }
        }

        @Test
        void isToldWhatIsWrong() {
            refused(
                    new PausedNodeFault("validator-9", seconds(0), seconds(0)),
                    "paused node: node is \"validator-9\", expected one of [validator-0,",
                    "paused node: duration is 0 s, expected more than 0. Give a longer time.");
            refused(
                    new ChurnFault(seconds(0), seconds(-1), -1, 0, NodeRole.VALIDATOR),
                    "churn: minDelay is 0 s, expected more than 0",
                    "churn: maxDelay is -1 s, expected at least the shortest delay of 0 s",
                    "churn: least is -1, expected 0 or more nodes. Raise it.",
                    "churn: most is 0, expected at least 1 node, and more than least, which is -1. Raise it.");
            refused(
                    new RandomRestartsFault().by(RestartMode.KILL, seconds(-2)),
                    "random kills: downFor is -2 s, expected 0 or more. Give a longer time.");
            refused(
                    new RandomRestartsFault().by(RestartMode.KILL, seconds(200)),
                    "random kills: downFor is 3.333 min, expected less than 2.967 min");
        }
    }
}
