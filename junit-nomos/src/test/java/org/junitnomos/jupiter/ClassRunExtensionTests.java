package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.method;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Counting;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.Fixtures.Red;
import org.junitnomos.scenario.RunContext;

class ClassRunExtensionTests implements LeavesNothing {
    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Workload(Counting.class)
    @Expect(Green.class)
    @Expect(Red.class)
    static class Shared {
        @InjectCluster
        static Cluster cluster;

        @BeforeAll
        static void once(Cluster injected) {
            say("before all " + (injected == cluster));
        }

        @Test
        void a(Cluster injected, RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(2));
            say("a " + (injected == cluster) + " " + run.isDriving());
        }

        @Test
        void b(RunContext run) {
            say("b " + run.isDriving());
            Assertions.fail("b says no");
        }

        @Test
        void c(RunContext run) {
            say("c " + run.isDriving());
        }

        @AfterAll
        static void last(Cluster injected) {
            say("after all " + (injected == cluster));
        }

        @ExpectationNodes
        void expectations() {
            say("never");
        }
    }

    @Test
    void oneRunSpansTheMethods() {
        var outcome = run(Shared.class);
        assertThat(outcome.tests())
                .endsWith(
                        "run 10 s on 2 validators, scripted SUCCESSFUL", "expect green SUCCESSFUL", "expect red FAILED")
                .contains("a(Cluster, RunContext) SUCCESSFUL", "b(RunContext) FAILED", "c(RunContext) SUCCESSFUL");
        assertThat(outcome.failureOf("expect red"))
                .hasMessageContaining("-Dtest='ClassRunExtensionTests$Shared' -Dnomos.seed=4711");
        assertThat(outcome.failureOf("b(RunContext)").getSuppressed())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageStartingWith("run of ClassRunExtensionTests.Shared, seed 4711; replay: mvn test"
                        + " -Dtest='ClassRunExtensionTests$Shared' -Dnomos.seed=4711")
                .hasMessageContaining("; evidence: ");
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0");
        assertThat(Fixtures.SAID)
                .containsExactlyInAnyOrder(
                        "before all true", "workload drives", "a true true", "b true", "c true", "after all true");
    }

    @Test
    void oneMethodAloneRunsWithoutVerdict() {
        var outcome = kit().execute(method(Shared.class, "c"));
        assertThat(outcome.tests()).containsExactly("c(RunContext) SUCCESSFUL");
        assertThat(outcome.containers()).allMatch(line -> line.endsWith("SUCCESSFUL"));
    }

    @Test
    void theExpectationsAloneRunTheScenario() {
        var outcome = kit().execute(method(Shared.class, "expectations"));
        assertThat(outcome.tests()).hasSize(3).contains("expect red FAILED");
        assertThat(Fixtures.SAID).contains("workload drives");
    }

    @Test
    void staysInOrderUnderParallelMethods() {
        var outcome = kit().with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute(Shared.class);
        assertThat(outcome.tests()).endsWith("expect green SUCCESSFUL", "expect red FAILED");
        assertThat(ScriptedBackends.deploys()).hasSize(1);
    }

    @Quick
    @Topology(backend = "broken")
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class Broken {
        @InjectCluster
        static Cluster cluster;

        @Test
        void a() {}

        @Test
        void b() {}

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void aFailedDeployIsToldByEveryMethod() {
        var outcome = run(Broken.class);
        assertThat(outcome.tests()).contains("a() FAILED", "b() FAILED", "expect green ABORTED");
        assertThat(outcome.failureOf("a()")).hasMessageContaining("ended with exit code 1");
        assertThat(ScriptedBackends.deploys()).hasSize(1);
    }

    @Nested
    class Wrong {
        @Quick
        @ScenarioOptions(run = RunScope.CLASS)
        @Expect(Green.class)
        static class WithoutNodes {
            @Test
            void a() {
                say("body");
            }

            @Test
            void b() {
                say("body");
            }
        }

        @Test
        void withoutAMethodForTheExpectations() {
            var outcome = run(WithoutNodes.class);
            assertThat(outcome.tests()).containsExactlyInAnyOrder("a() FAILED", "b() FAILED");
            assertThat(outcome.failureOf("a()"))
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessage("Scenario of ClassRunExtensionTests.Wrong.WithoutNodes has 1 problem:\n"
                            + "  (1) @ExpectationNodes is missing, expected one method that shows the expectations of the"
                            + " run that spans the class. Add @ExpectationNodes void expectations() {}.");
            assertThat(ScriptedBackends.LOG).isEmpty();
        }

        @Quick
        @ScenarioOptions(run = RunScope.CLASS)
        static class Mixed {
            @ScenarioTest
            void own() {}

            @Test
            @RunFor("1m")
            void refined() {}

            @ExpectationNodes
            void first() {}

            @ExpectationNodes
            void second() {}
        }

        @Test
        void withRunsOfMethods() {
            assertThat(run(Mixed.class, "refined")
                            .failureOf("refined()")
                            .getMessage()
                            .lines())
                    .containsExactly(
                            "Scenario of ClassRunExtensionTests.Wrong.Mixed has 3 problems:",
                            "  (1) @ExpectationNodes is on 2 methods, expected one method. Remove the others.",
                            "  (2) @ScenarioTest on ClassRunExtensionTests.Wrong.Mixed.own() is in a run that spans the"
                                    + " class, expected a run for each method. Use @Test, or remove run = RunScope.CLASS.",
                            "  (3) The plan of ClassRunExtensionTests.Wrong.Mixed.refined() is refined on the method,"
                                    + " expected annotations on the class only, since one run spans its methods. Move"
                                    + " them to the class.");
            assertThat(run(Mixed.class, "own").failureOf("own()")).hasMessageContaining("3 problems");
        }

        @Quick
        static class NodesWithoutRun {
            @ExpectationNodes
            void expectations() {}
        }

        @Test
        void expectationNodesWithoutARun() {
            assertThat(run(NodesWithoutRun.class).failureOf("expectations()"))
                    .hasMessage(
                            "@ExpectationNodes on ClassRunExtensionTests.Wrong.NodesWithoutRun.expectations() has no"
                                    + " run to judge: every test method has its own. Add @ScenarioOptions(run = RunScope.CLASS) to the"
                                    + " class, or use @ScenarioTest.");
        }
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class Outer {
        @Test
        void a(Cluster cluster) {
            say("outer " + cluster.topology().size());
        }

        @ExpectationNodes
        void expectations() {}

        @Nested
        class Late {
            @Test
            void late() {}
        }

        @Nested
        @Topology(validators = 3)
        class Own {
            @Test
            void own(Cluster cluster) {
                say("inner " + cluster.topology().size());
            }

            @ExpectationNodes
            void expectations() {}
        }
    }

    @Test
    void nestedClassesNeedARunOfTheirOwn() {
        var outcome = run(Outer.class);
        assertThat(outcome.failureOf("late()"))
                .hasMessage(
                        "The run of ClassRunExtensionTests.Outer was judged before"
                                + " ClassRunExtensionTests.Outer.Late.late(), because JUnit runs nested classes last. Give the"
                                + " nested class a @Topology or @ScenarioOptions of its own, or move its tests to the enclosing class.");
        assertThat(Fixtures.SAID).containsExactlyInAnyOrder("outer 2", "inner 3");
    }

    @Test
    void aNestedClassThatFindsNoRoomFailsAtOnce() {
        var outcome = kit().with("nomos.max.nodes", "4").execute(Outer.class);
        assertThat(outcome.failureOf("own(Cluster)"))
                .hasMessageContaining(
                        "no room for the 3 nodes of ClassRunExtensionTests.Outer.Own: 2 of 4 are in use by"
                                + " ClassRunExtensionTests.Outer, who cannot end before.");
    }
}
