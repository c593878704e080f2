package org.junitnomos.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.testkit.JournaledRun;
import org.junitnomos.topology.NetworkLayout;

/** A node with a defect is a fault like others: decided, proven in force, proven healed; and it excuses nothing. */
class DefectFaultTests {
    @TempDir
    Path directory;

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static ScenarioBuilder plan(WorkloadGenerator fault) {
        return Scenario.builder()
                .name("adversary")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .runFor(Duration.ofMinutes(2))
                .workload(fault);
    }

    @Test
    void isInForceForAWhileAndHealed() throws Exception {
        var fault = new DefectFault("validator-2", "sees-no-peers", seconds(20), seconds(30));
        var run = JournaledRun.of(
                plan(fault).expect(new ConsensusLiveness()).expect(new HeightConvergence()), directory, 5);

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        assertThat(run.events(FaultPlanned.class)).singleElement().satisfies(decision -> {
            assertThat(decision.workload()).isEqualTo("sees-no-peers");
            assertThat(decision.kind()).isEqualTo("defect");
            assertThat(decision.targets()).containsExactly("validator-2");
            assertThat(decision.duration()).isEqualTo(seconds(30).toNanos());
        });
        assertThat(run.events(FaultRequested.class)).singleElement().satisfies(asked -> {
            assertThat(asked.kind()).isEqualTo("defect");
            assertThat(asked.detail()).isEqualTo("sees-no-peers");
        });
        assertThat(run.events(FaultInForce.class))
                .extracting(FaultInForce::proof)
                .containsExactly("validator-2 reports the defect sees-no-peers");
        assertThat(run.events(FaultHealed.class))
                .extracting(FaultHealed::proof)
                .containsExactly("validator-2 reports no defect");
    }

    @Test
    void excusesTheNodeFromNothing() throws Exception {
        var fault = new DefectFault("validator-2", "cached-tip", seconds(10), Duration.ZERO);
        var run = JournaledRun.of(plan(fault).expect(new ConsensusLiveness()), directory, 5);

        assertThat(run.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(run.failures()).contains("consensus liveness").contains("validator-2");
        assertThat(run.events(FaultHealed.class)).hasSize(1);
    }

    @Test
    void isOnAllNodesIfThePlanSaysSo() throws Exception {
        var run = JournaledRun.of(plan(new DefectFault(DefectFault.ALL_NODES, NodeDefect.SEES_NO_PEERS)), directory, 5);

        assertThat(run.events(FaultInForce.class)).hasSize(4);
        assertThat(run.events(FaultHealed.class)).hasSize(4);
    }

    @Test
    void outlivesARestartAndStandsBesideAnother() throws Exception {
        var run = JournaledRun.of(
                plan(new DefectFault("validator-1", NodeDefect.SEES_NO_PEERS)), directory, 5, context -> {
                    var control = context.control();
                    context.clock().sleep(seconds(10));
                    var second = control.giveDefect("validator-1", NodeDefect.HIDES_ITS_POOL);
                    assertThat(second.observed())
                            .isEqualTo("validator-1 reports the defects sees-no-peers, hides-its-pool");
                    control.restart("validator-1");
                    var node = context.cluster().node("validator-1").client();
                    assertThat(node.devControl().defects())
                            .containsExactly(NodeDefect.SEES_NO_PEERS, NodeDefect.HIDES_ITS_POOL);
                    assertThat(control.heal(second).observed())
                            .isEqualTo("validator-1 reports the defect sees-no-peers");
                    control.heal();
                    assertThat(node.devControl().defects()).isEmpty();
                });

        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validator-9 | never-leads | 0 | 0 | node is \"validator-9\", expected one of [validator-0,",
                "* | never-leads | 0 | 0 | node is \"*\", expected one of [validator-0, validator-1, validator-2,"
                        + " executor-0], or \"all\" for every node. Name one of them.",
                "validator-0 | never-lead | 0 | 0 | name is \"never-lead\", expected the name of a defect."
                        + " Did you mean \"never-leads\"?",
                "validator-0 | refuses-blobs | 0 | 0 | node is \"validator-0\", expected one executor for defect"
                        + " refuses-blobs. Name one of [executor-0].",
                "validator-0 | never-leads | -1 | 0 | from is -1 s, expected 0 or more",
                "validator-0 | never-leads | 120 | 0 | from is 2 min, expected less than",
                "validator-0 | never-leads | 60 | 60 | duration is 1 min, which ends at 2 min, expected less than",
            })
    void whatCannotBeIsRefused(String node, String name, long from, long duration, String text) {
        var fault = new DefectFault(node, name, seconds(from), seconds(duration));

        assertThatThrownBy(() -> plan(fault).build())
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aDefectThatNoNodeOfThePlanCanHaveIsRefused() {
        var plan =
                plan(new DefectFault("validator-0", NodeDefect.REFUSES_BLOBS)).executors(0);

        assertThatThrownBy(plan::build)
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining("node is \"validator-0\", expected one executor for defect refuses-blobs."
                        + " The plan has none: give it one, or choose another defect.");
    }
}
