package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.ChurnFault;
import org.junitnomos.chaos.CrashFault;
import org.junitnomos.chaos.FlappingLinksFault;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.PausedNodeFault;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.RestartMode;
import org.junitnomos.chaos.RollingRestartFault;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.chaos.SkewedClockFault;
import org.junitnomos.chaos.SlowLinkFault;
import org.junitnomos.expectation.BoundedReorgs;
import org.junitnomos.expectation.CleanLogs;
import org.junitnomos.expectation.NoUnexpectedRestarts;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** The annotations of faults: what they mean, and that they work on dev nodes. */
class ChaosAnnotationTests {
    @TempDir
    Path directory;

    @Topology(validators = 3, executors = 1)
    @RandomRestarts(minDelay = "5s", maxDelay = "10s", cooldown = "20s", roles = NodeRole.EXECUTOR)
    @RunFor("2m")
    static class Restarts {
        @ScenarioTest
        void restartsTheExecutor(Journal journal, RunContext run) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(60));
            assertThat(journal.events(JournalEvent.FaultHealed.class)).hasSizeBetween(2, 3);
            assertThat(journal.events(JournalEvent.FaultRequested.class))
                    .allMatch(fault -> fault.targets().equals(List.of("executor-0")));
        }
    }

    @Test
    void randomRestartsHitTheRoleTheyName() {
        var outcome = kit().with("nomos.directory", directory.toString()).execute(Restarts.class);
        assertThat(outcome.tests()).containsExactly("run 2 min on 3 validators, 1 executor, embedded SUCCESSFUL");
    }

    @Test
    void attributesBecomeSettings() {
        var scenario = PlanReader.read(null, List.of(Restarts.class), null).scenario();
        assertThat(scenario.workloads())
                .containsExactly(new RandomRestartsFault(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        List.of(NodeRole.EXECUTOR)));
    }

    @Topology(validators = 3)
    @RandomRestarts(minDelay = "soon")
    @RunFor("10m")
    static class RestartsSoon {}

    @Test
    void aWrongTimeIsToldWithItsAttribute() {
        assertThat(WrongPlanTests.problems(RestartsSoon.class))
                .singleElement()
                .asString()
                .contains(
                        "@RandomRestarts.minDelay on ChaosAnnotationTests.RestartsSoon is \"soon\", expected a duration such as"
                                + " 30s, 1500ms, 2m, 1h or PT30S. Write a number and a unit.");
    }

    @Topology(validators = 4)
    @Partition(shape = PartitionShape.MINORITY, at = "10s", duration = "8s", every = "30s")
    @Partition(at = "100s", duration = "4s")
    @SlowLink(a = "validator-0", b = "validator-1", latency = "2s", lossPerMille = 5, at = "20s", duration = "5s")
    @FlappingLinks(node = "validator-1", at = "1s", down = "2s", up = "3s", times = 2)
    @ClockSkewFault(node = "validator-2", ahead = "-1500ms", at = "40s", duration = "5s")
    @CrashAndStayDown(at = "90s")
    @RollingRestart(pause = "5s")
    @RunFor("2m")
    static class Everything {
        @ScenarioTest
        void happensInOneRun(Journal journal, RunContext run) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(119));
            assertThat(journal.events(JournalEvent.FaultRequested.class))
                    .extracting(JournalEvent.FaultRequested::kind)
                    .contains("partition", "link", "isolate", "skew clock", "kill", "restart");
        }
    }

    @Test
    void allFaultsHappenInOneRun() {
        var outcome = kit().with("nomos.directory", directory.toString()).execute(Everything.class);
        assertThat(outcome.tests()).containsExactly("run 2 min on 4 validators, embedded SUCCESSFUL");
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void everyAttributeOfTheOtherFaultsBecomesASetting() {
        var link = new LinkSpec(seconds(2), Duration.ZERO, 5);
        assertThat(PlanReader.read(null, List.of(Everything.class), null)
                        .scenario()
                        .workloads())
                .containsExactlyInAnyOrder(
                        new PartitionFault(PartitionShape.MINORITY, seconds(10), seconds(8), seconds(30)),
                        new PartitionFault(PartitionShape.HALVES, seconds(100), seconds(4)),
                        new SlowLinkFault("validator-0", "validator-1", link, seconds(20), seconds(5)),
                        new FlappingLinksFault("validator-1", seconds(1), seconds(2), seconds(3), 2),
                        new SkewedClockFault("validator-2", Duration.ofMillis(-1500), seconds(40), seconds(5)),
                        new CrashFault(1, seconds(90)),
                        new RollingRestartFault(Duration.ZERO, seconds(5)));
    }

    @Topology(validators = 4, layout = NetworkLayout.FULL)
    @Partition(shape = PartitionShape.ONE_NODE, at = "20s", duration = "8s")
    @ExpectRecovery(withinBlocks = 6, maxLag = 2)
    @ExpectBoundedReorgs(maxDepth = 5)
    @RunFor("2m")
    static class Recovers {
        @ScenarioTest
        void afterAPartition() {}
    }

    @Test
    void recoveryAndReorgsAreExpected() {
        assertThat(PlanReader.read(null, List.of(Recovers.class), null)
                        .scenario()
                        .expectations())
                .containsExactly(new Recovery(6, 2), new BoundedReorgs(5));
        var outcome = kit().with("nomos.directory", directory.toString()).execute(Recovers.class);
        assertThat(outcome.tests())
                .containsExactly(
                        "run 2 min on 4 validators, embedded SUCCESSFUL",
                        "expect recovery SUCCESSFUL",
                        "expect bounded reorgs SUCCESSFUL");
    }

    @Topology(validators = 4)
    @ExpectRecovery
    @RunFor("20s")
    static class WithoutFaults {
        @ScenarioTest
        void goesOn() {}
    }

    @Test
    void recoveryWithoutAnyFaultCannotBeJudged() {
        var outcome = kit().with("nomos.directory", directory.toString()).execute(WithoutFaults.class);
        assertThat(outcome.tests()).contains("expect recovery ABORTED");
    }

    @Topology(validators = 4, layout = NetworkLayout.FULL)
    @RandomRestarts(minDelay = "20s", maxDelay = "30s", mode = RestartMode.KILL, downFor = "4s")
    @PausedNode(at = "10s", duration = "5s", every = "40s")
    @PausedNode(node = "validator-1", at = "70s", duration = "5s")
    @Churn(minDelay = "15s", maxDelay = "25s", least = 1, most = 2, role = NodeRole.EXECUTOR)
    @Partition(shape = PartitionShape.ISOLATE_LEADER, at = "30s", duration = "6s", every = "50s")
    @SlowLink(a = "validator-0", b = "validator-1", at = "5s", duration = "5s", every = "30s", bandwidth = 50_000)
    @ClockSkewFault(node = "validator-2", ahead = "1s", at = "40s", duration = "5s", every = "60s")
    @ExpectNoUnexpectedRestarts
    @ExpectCleanLogs(maxErrors = 1, excuseFaults = true, pattern = "ERROR")
    @RunFor("2m")
    static class More {
        @ScenarioTest
        void breaks() {}
    }

    @Test
    void newerFaultsAndExpectationsHaveAnnotations() {
        var scenario = PlanReader.read(null, List.of(More.class), null).scenario();
        assertThat(scenario.workloads())
                .containsExactlyInAnyOrder(
                        new RandomRestartsFault(seconds(20), seconds(30), seconds(120))
                                .by(RestartMode.KILL, seconds(4)),
                        new PausedNodeFault("", new Schedule(seconds(10), seconds(5), seconds(40))),
                        new PausedNodeFault("validator-1", seconds(70), seconds(5)),
                        new ChurnFault(seconds(15), seconds(25), 1, 2, NodeRole.EXECUTOR),
                        new PartitionFault(
                                PartitionShape.ISOLATE_LEADER, new Schedule(seconds(30), seconds(6), seconds(50))),
                        new SlowLinkFault(
                                "validator-0",
                                "validator-1",
                                new LinkSpec(seconds(1), Duration.ZERO, 0, 50_000),
                                new Schedule(seconds(5), seconds(5), seconds(30))),
                        new SkewedClockFault(
                                "validator-2", seconds(1), new Schedule(seconds(40), seconds(5), seconds(60))));
        assertThat(scenario.expectations())
                .containsExactly(new NoUnexpectedRestarts(), new CleanLogs(1, true, "ERROR"));
        var outcome = kit().with("nomos.directory", directory.toString()).execute(More.class);
        assertThat(outcome.tests())
                .containsExactly(
                        "run 2 min on 4 validators, embedded SUCCESSFUL",
                        "expect no unexpected restarts SUCCESSFUL",
                        "expect clean logs SUCCESSFUL");
    }
}
