package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.method;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.Fixtures.Red;

/** Shapes of test classes that JUnit allows: each works, or is refused before anything starts, with a fix. */
class ShapeExtensionTests implements LeavesNothing {
    @Quick
    @Expect(Green.class)
    @Execution(ExecutionMode.CONCURRENT)
    @ScenarioOptions(run = RunScope.CLASS)
    static class Concurrent {
        @ExpectationNodes
        void aaa() {}

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        void bbb(Cluster cluster) {
            say(Thread.currentThread().getName());
        }

        @RepeatedTest(5)
        void ccc(Cluster cluster) {
            say(Thread.currentThread().getName());
        }

        @Test
        void ddd(Cluster cluster) {
            say(Thread.currentThread().getName());
        }
    }

    @Test
    void oneRunOfAClassStaysOnOneThreadWhateverItsMethodsAskFor() {
        var outcome = kit().with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute(Concurrent.class);

        assertThat(outcome.tests()).hasSize(9).allMatch(test -> test.endsWith("SUCCESSFUL"));
        assertThat(outcome.tests()).endsWith("expect green SUCCESSFUL");
        assertThat(Fixtures.SAID).hasSize(7);
        assertThat(Fixtures.SAID.stream().distinct()).hasSize(1);
    }

    @Quick
    @Expect(Green.class)
    @ScenarioOptions(run = RunScope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class ByName {
        @Test
        void zzz(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void anOrderThatEndsTheRunTooEarlyIsRefused() {
        var outcome = run(ByName.class);
        assertThat(outcome.failureOf("zzz(Cluster)"))
                .hasMessageContaining(
                        "(1) @TestMethodOrder(MethodOrderer.MethodName) on ShapeExtensionTests.ByName is an"
                                + " order in which ShapeExtensionTests.ByName.expectations() may not be the last"
                                + " method, expected @ExpectationNodes last, since they end the run. Remove"
                                + " @TestMethodOrder: then they"
                                + " are last; or use @TestMethodOrder(MethodOrderer.OrderAnnotation.class) with"
                                + " @Order(Integer.MAX_VALUE) on that method.");
        assertThat(ScriptedBackends.deploys()).isEmpty();
    }

    @Quick
    @Expect(Green.class)
    @ScenarioOptions(run = RunScope.CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ByNumber {
        @Test
        @Order(2)
        void b(Cluster cluster) {}

        @Test
        void c(Cluster cluster) {}

        @Order(Integer.MAX_VALUE)
        @ExpectationNodes
        void a() {}
    }

    @Test
    void anOrderThatEndsTheRunLastIsTaken() {
        assertThat(run(ByNumber.class).tests())
                .hasSize(4)
                .allMatch(test -> test.endsWith("SUCCESSFUL"))
                .endsWith("expect green SUCCESSFUL");
    }

    @Quick
    @Expect(Green.class)
    @ScenarioOptions(run = RunScope.CLASS)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class Constructed {
        private final Cluster cluster;

        Constructed(Cluster cluster, TestInfo info) {
            this.cluster = cluster;
        }

        @BeforeAll
        void all(Cluster other) {
            assertThat(other).isSameAs(cluster);
        }

        @Test
        void one(Cluster other) {
            assertThat(other).isSameAs(cluster);
        }

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void anInstanceForTheClassIsGivenItsCluster() {
        assertThat(run(Constructed.class).tests()).hasSize(3).allMatch(test -> test.endsWith("SUCCESSFUL"));
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0");
    }

    @Quick
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    @ScenarioOptions(run = RunScope.CLASS)
    static class AroundAll {
        @Parameter
        int number;

        @BeforeAll
        static void all(Cluster cluster) {}

        @Test
        void t(Cluster cluster) {}
    }

    @Test
    void whatStandsAroundAllInvocationsHasNoCluster() {
        assertThat(run(AroundAll.class).failureOf("ShapeExtensionTests$AroundAll"))
                .hasMessageContaining("no cluster here: this runs once, around all invocations of"
                        + " ShapeExtensionTests.AroundAll, each of which has a cluster of its own. Take it in"
                        + " @BeforeEach, in the test method, in the constructor, or in a field with @InjectCluster that"
                        + " is not static.");
        assertThat(ScriptedBackends.deploys()).isEmpty();
    }

    @Quick
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    @ScenarioOptions(run = RunScope.CLASS)
    static class AroundEach {
        @Parameter
        int number;

        @BeforeParameterizedClassInvocation(injectArguments = false)
        static void each(Cluster cluster) {
            say("nodes " + cluster.nodes().size());
        }

        @Test
        void t(Cluster cluster) {}
    }

    @Test
    void whatStandsAroundOneInvocationHasItsCluster() {
        assertThat(run(AroundEach.class).tests()).hasSize(2).allMatch(test -> test.endsWith("SUCCESSFUL"));
        assertThat(Fixtures.SAID).containsExactly("nodes 2", "nodes 2");
        assertThat(ScriptedBackends.deploys()).hasSize(2);
    }

    @Quick
    @Expect(Green.class)
    static class Interrupted {
        @ScenarioTest
        void leavesItsFlag(Cluster cluster) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anInterruptThatTheBodyLeftEndsNothing() {
        assertThat(run(Interrupted.class).tests()).hasSize(2).allMatch(test -> test.endsWith("SUCCESSFUL"));
    }

    @Quick
    @Expect(Red.class)
    @ScenarioOptions(run = RunScope.CLASS)
    static class Several {
        @Test
        void one(Cluster cluster) {}

        @Test
        void two(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void aMethodOfItThatRunsAloneLeavesTheRunUnjudged(@TempDir Path directory) throws IOException {
        var outcome = kit().with("nomos.directory", directory.toString()).execute(method(Several.class, "one"));
        assertThat(outcome.tests()).containsExactly("one(Cluster) SUCCESSFUL");
        assertThat(Files.readString(directory.resolve("ShapeExtensionTests.Several/1/report.json")))
                .contains("\"verdict\" : \"INCONCLUSIVE\"")
                .contains("the @ExpectationNodes method of ShapeExtensionTests.Several was not selected");
    }

    @Topology(validators = 3)
    interface ThreeValidators {
        @Test
        default void ofTheInterface(Cluster cluster) {
            assertThat(cluster.nodes()).hasSize(3);
        }
    }

    interface OnScriptedNodes extends ThreeValidators {}

    @Quick
    static class Plain {}

    static class Implementing extends Plain implements OnScriptedNodes {
        @ScenarioTest
        void ofTheClass(Cluster cluster) {
            assertThat(cluster.nodes()).hasSize(3);
        }
    }

    @Test
    void whatInterfacesOfTheClassSayCounts() {
        assertThat(run(Implementing.class).tests())
                .containsExactlyInAnyOrder(
                        "ofTheInterface(Cluster) SUCCESSFUL", "run 10 s on 3 validators, scripted SUCCESSFUL");
        assertThat(ScriptedBackends.deploys()).containsExactly("deploy 3+0", "deploy 3+0");
    }

    @Quick
    static class ByTwo {
        @ScenarioTest
        @ParameterizedTest(name = "number {0}")
        @ValueSource(ints = {1, 2})
        void both(Cluster cluster) {
            say("body");
        }
    }

    @Test
    void aScenarioThatAnotherTemplateRunsTooIsRefused() {
        var outcome = run(ByTwo.class);
        assertThat(outcome.tests())
                .containsExactlyInAnyOrder(
                        "run 10 s on 2 validators, scripted SUCCESSFUL", "number 1 FAILED", "number 2 FAILED");
        assertThat(outcome.failureOf("number 1"))
                .hasMessage("ShapeExtensionTests.ByTwo.both() is run by something else as well as by its @ScenarioTest"
                        + " or @ExpectationNodes, expected nothing else: there is one run for the method. Remove @Test,"
                        + " @ParameterizedTest, @RepeatedTest or whatever it is; or keep that and remove ours, then"
                        + " each invocation has a run of its own and fails over its expectations.");
        assertThat(Fixtures.SAID).containsExactly("body");
    }

    @Topology(validators = 0, backend = "scripted")
    static class Wrong {
        @Test
        void a() {}
    }

    @Test
    void aWrongPlanIsToldOnce() {
        var failure = run(Wrong.class).failureOf("a()");
        assertThat(failure).hasMessageContaining("has 1 problem");
        assertThat(failure.getSuppressed()).isEmpty();
    }
}
