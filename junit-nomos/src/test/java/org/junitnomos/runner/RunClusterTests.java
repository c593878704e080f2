package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.runner.ScriptedRuns.journal;
import static org.junitnomos.runner.ScriptedRuns.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.testkit.DeclaredBackends;

/** What a test can reach of a cluster goes through its run. */
@ExtendWith(DeclaredBackends.class)
class RunClusterTests {
    @TempDir
    Path directory;

    private ScriptedRuns runs;

    @BeforeEach
    void makeRuns() {
        runs = new ScriptedRuns(directory);
    }

    @Test
    void recordsAndHealsWhatIsDoneThroughTheControlOfTheCluster() throws IOException {
        var result = runs.run(plan().build()).runToEnd(run -> {
            run.cluster().control().isolate("validator-1");
            run.cluster().control().each(NodeSelector.all(), run.cluster().control()::stop);
        });

        assertThat(journal(result)).filteredOn(FaultRequested.class::isInstance).hasSize(1);
        assertThat(journal(result)).filteredOn(FaultInForce.class::isInstance).hasSize(1);
        assertThat(journal(result)).filteredOn(FaultHealed.class::isInstance).hasSize(1);
        assertThat(runs.deployer.calls).containsExactly("deploy", "isolate validator-1", "heal all", "close");
    }

    @Test
    void handsOutNothingThatCanBeTakenForTheDeployment() {
        runs.run(plan().build()).runToEnd(run -> assertThat(run.cluster()).isNotInstanceOf(Deployment.class));
    }

    @Test
    void refusesTheWayAroundByTheApiOfANode() {
        var refused = new ArrayList<Throwable>();
        var plan = Scenario.builder()
                .name("embedded")
                .validators(2)
                .runFor(Duration.ofSeconds(10))
                .build();
        ScenarioRunner.run(plan, runs.settings(), run -> {
            var client = run.client("validator-0");
            assertThat(client.devControl().links()).hasSize(1);
            refused.add(thrownBy(() -> client.devControl().setLinks(List.of())));
            refused.add(thrownBy(
                    () -> run.cluster().nodes().get(1).client().devControl().reconnect(List.of())));
            refused.add(thrownBy(() -> client.blobs().blockPeer("peer")));
        });

        assertThat(refused)
                .hasSize(3)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("changes a node behind the back of the run: nothing would record it,"
                                + " excuse it or heal it. Use ")
                        .hasMessageContaining("RunContext.control()"));
        assertThat(refused.get(0)).hasMessageStartingWith("TestingClient.setLinks ");
    }

    private static Throwable thrownBy(ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowable(call);
    }

    @Test
    void aHandleOfAFormerRunRefusesWhileTheClusterServesTheNext() {
        var kept = new ArrayList<RunContext>();
        var keptClusters = new ArrayList<Cluster>();
        try (var cluster = runs.cluster(plan().build())) {
            runs.on(cluster, plan().build()).runToEnd(run -> {
                kept.add(run);
                keptClusters.add(run.cluster());
            });
            runs.on(cluster, plan().build()).runToEnd(run -> {
                var former = keptClusters.get(0);
                for (ThrowingCallable call : List.<ThrowingCallable>of(
                        former::nodes,
                        () -> former.control().stop("validator-0"),
                        () -> former.control().select(NodeSelector.running()))) {
                    assertThatThrownBy(call)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("the run of scenario 'scripted' (seed 4711) is closed;");
                }
                assertThat(run.cluster().nodes()).hasSize(2);
            });
        }
        assertThat(runs.deployer.calls).containsExactly("deploy", "close");
    }

    @Test
    void aNodeOfAFormerRunRefuses() {
        var kept = new ArrayList<NodeHandle>();
        var clients = new ArrayList<NodeClient>();
        runs.run(plan().build()).runToEnd(run -> {
            kept.addAll(run.cluster().nodes());
            clients.add(run.client("validator-0"));
        });

        assertThat(kept.get(0).name()).isEqualTo("validator-0");
        assertThatThrownBy(() -> kept.get(0).isRunning()).hasMessageContaining("is closed");
        assertThatThrownBy(() -> clients.get(0).cryptarchiaInfo()).hasMessageContaining("is closed");
    }
}
