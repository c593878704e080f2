package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.method;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.jupiter.Fixtures.Counting;
import org.junitnomos.jupiter.Fixtures.Failing;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.Fixtures.Red;
import org.junitnomos.jupiter.Fixtures.Sick;
import org.junitnomos.jupiter.Fixtures.Unsure;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ScenarioTestExtensionTests implements LeavesNothing {
    @Quick
    @Workload(Counting.class)
    @Expect(Green.class)
    @Expect(Red.class)
    @Expect(Unsure.class)
    static class Three {
        @BeforeEach
        void setUp() {
            say("before each");
        }

        @ScenarioTest
        void nodes(RunContext run, Cluster cluster) throws Exception {
            run.clock().sleep(Duration.ofSeconds(3));
            say("body on " + cluster.nodes().size() + " nodes, driving " + run.isDriving());
        }

        @AfterEach
        void tearDown() {
            say("after each");
        }
    }

    @Nested
    class ARun {
        @Test
        void showsItsExpectationsAsNodes() {
            var outcome = run(Three.class);
            assertThat(outcome.tests())
                    .containsExactly(
                            "run 10 s on 2 validators, scripted SUCCESSFUL",
                            "expect green SUCCESSFUL",
                            "expect red FAILED",
                            "expect unsure ABORTED");
            assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0");
            assertThat(Fixtures.SAID)
                    .containsExactly("before each", "workload drives", "body on 2 nodes, driving true", "after each");
        }

        @Test
        void tellsWhatAReplayNeeds() {
            var outcome = run(Three.class);
            assertThat(outcome.failureOf("expect red"))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageStartingWith("red: validator-1 is behind")
                    .hasMessageContaining("seed: 4711")
                    .hasMessageContaining(
                            "replay: mvn test -Dtest='ScenarioTestExtensionTests$Three#nodes'" + " -Dnomos.seed=4711")
                    .satisfies(failure -> {
                        var error = (AssertionFailedError) failure;
                        assertThat(error.getExpected().getStringRepresentation())
                                .isEqualTo("validator-1 at 9");
                        assertThat(error.getActual().getStringRepresentation()).isEqualTo("validator-1 at 3");
                    });
            assertThat(outcome.failureOf("expect unsure"))
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageStartingWith("unsure: inconclusive: too few slots");
        }

        @Test
        void failsWhatCannotBeJudgedInStrictMode() {
            var outcome = kit().with("nomos.strict", "true").execute(Three.class);
            assertThat(outcome.tests()).contains("expect unsure FAILED");
        }

        @Test
        void oneNodeAloneRunsTheWholeScenario() {
            var outcome = kit().execute(selectIteration((MethodSelector) method(Three.class, "nodes"), 2));
            assertThat(outcome.tests()).containsExactly("expect red FAILED");
            assertThat(ScriptedBackends.deploys()).hasSize(1);
            assertThat(Fixtures.SAID).contains("body on 2 nodes, driving true");
        }

        @Test
        void oneNodeByItsUniqueId() {
            var id = run(Three.class).results().testEvents().finished().stream()
                    .filter(event -> event.getTestDescriptor().getDisplayName().equals("expect green"))
                    .map(event -> event.getTestDescriptor().getUniqueId())
                    .findFirst()
                    .orElseThrow();
            var outcome = kit().execute(org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId(id));
            assertThat(outcome.tests()).containsExactly("expect green SUCCESSFUL");
            assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0");
        }
    }

    @Quick
    @Expect(Green.class)
    static class Body {
        @ScenarioTest
        void fails() {
            Assertions.fail("body says no");
        }

        @ScenarioTest
        void aborts() {
            org.junit.jupiter.api.Assumptions.abort("not today");
        }
    }

    @Test
    void aFailedBodyKeepsTheExpectations() {
        var outcome = run(Body.class, "fails");
        assertThat(outcome.tests())
                .containsExactly("run 10 s on 2 validators, scripted FAILED", "expect green SUCCESSFUL");
        var failure = outcome.failureOf("run");
        assertThat(failure).hasMessage("body says no");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessageStartingWith("run of ScenarioTestExtensionTests.Body.fails(), seed 4711; replay: mvn test")
                .hasMessageContaining("; evidence: ");
    }

    @Test
    void anAbortedBodyAborts() {
        var outcome = run(Body.class, "aborts");
        assertThat(outcome.tests().get(0)).endsWith("ABORTED");
        assertThat(outcome.failureOf("run").getSuppressed()).isEmpty();
    }

    @Quick
    @Topology(backend = "broken")
    @Expect(Green.class)
    static class BrokenDeploy {
        @ScenarioTest
        void nodes() {
            say("body");
        }
    }

    @Test
    void aFailedDeployIsAnErrorOnceAndAbortsTheExpectations() {
        var outcome = run(BrokenDeploy.class);
        assertThat(outcome.tests()).containsExactly("run 10 s on 2 validators, broken FAILED", "expect green ABORTED");
        assertThat(outcome.failureOf("run"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("deploy failed: ")
                .hasMessageContaining("node 'validator-0' ended with exit code 1")
                .hasMessageContaining("seed: 4711");
        assertThat(outcome.failureOf("expect green")).hasMessage("not evaluated: the cluster was not deployed");
        assertThat(ScriptedBackends.deploys()).hasSize(1);
        assertThat(Fixtures.SAID).isEmpty();
    }

    @Test
    void aFailedDeployFailsAnExpectationThatRunsAlone() {
        var outcome = kit().execute(selectIteration((MethodSelector) method(BrokenDeploy.class, "nodes"), 1));
        assertThat(outcome.tests()).containsExactly("expect green FAILED");
    }

    @Quick
    @Topology(backend = "leaky")
    @Expect(Green.class)
    static class BrokenCleanup {
        @ScenarioTest
        void nodes() {}
    }

    @Test
    void aFailedCleanupFailsTheRunByItsName() {
        var outcome = run(BrokenCleanup.class);
        assertThat(outcome.tests())
                .containsExactly("run 10 s on 2 validators, leaky FAILED", "expect green SUCCESSFUL");
        assertThat(outcome.failureOf("run")).hasMessageContaining("node 'validator-0' did not stop");
        assertThat(outcome.containers()).doesNotContain("nodes() FAILED");
    }

    @Quick
    @Workload(Failing.class)
    @Expect(Green.class)
    static class BrokenWorkload {
        @ScenarioTest
        void nodes() {}
    }

    @Test
    void aFailedWorkloadFailsTheRun() {
        var outcome = run(BrokenWorkload.class);
        assertThat(outcome.tests().get(0)).endsWith("FAILED");
        assertThat(outcome.failureOf("run"))
                .hasMessageStartingWith("workload 'failing': ")
                .hasMessageContaining("no wallet left")
                .hasMessageContaining("seed: 4711");
    }

    @Quick
    @Expect(Sick.class)
    @Expect(Green.class)
    static class Refused {
        @ScenarioTest
        void nodes() {
            say("body");
        }
    }

    @Test
    void aRefusedClusterRunsNoBody() {
        var outcome = run(Refused.class);
        assertThat(outcome.tests()).contains("expect sick FAILED");
        assertThat(outcome.failureOf("expect sick")).hasMessageContaining("the cluster is sick");
        assertThat(Fixtures.SAID).isEmpty();
    }
}
