package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.Fixtures.Unsure;
import org.junitnomos.jupiter.NomosTestKit.Outcome;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What fails in a test, but not in its body, belongs to the verdict of its run like a failure of the body. */
class OutsideTheBodyTests implements LeavesNothing {
    @TempDir
    Path directory;

    private Outcome run(Class<?> type, String... methods) {
        var kit = kit().with("nomos.directory", directory.toString());
        return methods.length == 0
                ? kit.execute(type)
                : kit.execute(Arrays.stream(methods)
                        .map(method -> NomosTestKit.method(type, method))
                        .toArray(org.junit.platform.engine.DiscoverySelector[]::new));
    }

    private static void hasReplay(Throwable failure) {
        assertThat(failure.getSuppressed())
                .filteredOn(each -> each.getMessage().startsWith("run of "))
                .singleElement()
                .satisfies(each -> assertThat(each)
                        .hasMessageContaining("seed 4711; replay: mvn test -Dtest=")
                        .hasMessageContaining("; evidence: "));
    }

    @Quick
    @Expect(Green.class)
    static class AfterEachFails {
        @AfterEach
        void check() {
            throw new AssertionFailedError("seen after the test");
        }

        @Test
        void plain(Cluster cluster) {}

        @ScenarioTest
        void nodes(Cluster cluster) {}

        @RepeatedTest(2)
        void repeated(Cluster cluster) {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameters(int number, Cluster cluster) {}

        @TestFactory
        DynamicTest factory(Cluster cluster) {
            return DynamicTest.dynamicTest("dynamic", () -> {});
        }
    }

    @Test
    void afterEachFailsThePlainTest() {
        var outcome = run(AfterEachFails.class, "plain");
        assertThat(outcome.failureOf("plain")).hasMessage("seen after the test").satisfies(each -> hasReplay(each));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
        assertThat(Endings.report(directory).at("/failures/body").textValue()).contains("seen after the test");
        assertThat(Endings.report(directory).get("cut").isNull()).isTrue();
        assertThat(Endings.report(directory).get("notes").findValuesAsText("text"))
                .containsExactly("the test failed outside of its body: seen after the test");
        assertThat(outcome.reportEntries())
                .singleElement()
                .satisfies(entries -> assertThat(entries).containsEntry("nomos.verdict", "FAILED"));
    }

    @Test
    void afterEachFailsTheScenarioTest() {
        var outcome = run(AfterEachFails.class, "nodes");
        assertThat(outcome.tests()).element(0).asString().startsWith("run 10 s").endsWith("FAILED");
        assertThat(outcome.tests()).element(1).isEqualTo("expect green SUCCESSFUL");
        hasReplay(outcome.failureOf("run 10 s"));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Test
    void afterEachFailsEveryKindOfTest() {
        run(AfterEachFails.class, "repeated", "parameters", "factory");
        assertThat(Endings.in(directory)).hasSize(5).containsOnly("FAILED, kept");
    }

    @Nested
    class Inherited {
        @Quick
        static class Child extends AfterEachFails {
            @Nested
            class Inner {
                @Test
                void inner(Cluster cluster) {}
            }

            @Override
            @Test
            void plain(Cluster cluster) {}
        }
    }

    @Test
    void afterEachOfSuperclassAndEnclosingClassCounts() {
        run(Inherited.Child.class, "plain");
        run(Inherited.Child.Inner.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept", "FAILED, kept");
    }

    @ExtendWith(SoftAssertionsExtension.class)
    @Quick
    @Expect(Green.class)
    static class SoftFirst {
        @InjectSoftAssertions
        SoftAssertions softly;

        @Test
        void plain(Cluster cluster) {
            softly.assertThat(cluster.nodes()).as("softly").hasSize(3);
        }

        @ScenarioTest
        void nodes(Cluster cluster) {
            softly.assertThat(cluster.nodes()).as("softly").hasSize(3);
        }
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(SoftAssertionsExtension.class)
    static class SoftLast {
        @Test
        void plain(Cluster cluster, SoftAssertions softly) {
            softly.assertThat(cluster.nodes()).as("softly").hasSize(3);
        }
    }

    @Test
    void softAssertionsFailTheRun() {
        hasReplay(run(SoftFirst.class, "plain").failureOf("plain"));
        hasReplay(run(SoftFirst.class, "nodes").failureOf("run 10 s"));
        hasReplay(run(SoftLast.class).failureOf("plain"));
        assertThat(Endings.in(directory)).hasSize(3).containsOnly("FAILED, kept");
    }

    @Quick
    @Expect(Green.class)
    static class BeforeEachFails {
        @BeforeEach
        void check(Cluster cluster) {
            throw new AssertionFailedError("seen before the test");
        }

        @Test
        void plain(Cluster cluster) {
            say("body");
        }

        @ScenarioTest
        void nodes(Cluster cluster) {
            say("body");
        }
    }

    @Test
    void beforeEachFailsThePlainTest() {
        hasReplay(run(BeforeEachFails.class, "plain").failureOf("plain"));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
        assertThat(Endings.report(directory).at("/expectations/0/text").textValue())
                .isEqualTo("not evaluated: the test failed before its body: seen before the test");
        assertThat(Fixtures.SAID).isEmpty();
    }

    @Test
    void beforeEachFailsTheScenarioTest() {
        var outcome = run(BeforeEachFails.class, "nodes");
        assertThat(outcome.tests()).element(1).isEqualTo("expect green ABORTED");
        assertThat(outcome.failureOf("run 10 s"))
                .hasMessage("seen before the test")
                .satisfies(each -> hasReplay(each));
        assertThat(outcome.failureOf("expect green"))
                .hasMessageStartingWith(
                        "green: not evaluated: the test failed before its body: seen before the test\n");
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @Expect(Green.class)
    static class BeforeEachAborts {
        @BeforeEach
        void check() {
            Assumptions.assumeTrue(false, "no licence");
        }

        @Test
        void plain(Cluster cluster) {}

        @ScenarioTest
        void nodes(Cluster cluster) {}
    }

    @Test
    void anAssumptionBeforeTheTestAbortsIt() {
        var outcome = kit().with("nomos.directory", directory.toString())
                .with("nomos.strict", "true")
                .execute(BeforeEachAborts.class);
        assertThat(outcome.tests()).hasSize(3).allMatch(line -> line.endsWith("ABORTED"));
        assertThat(outcome.failureOf("plain")).hasMessageContaining("no licence");
        assertThat(outcome.failureOf("run 10 s")).hasMessageContaining("no licence");
        assertThat(outcome.failureOf("expect green"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("not evaluated: the test was aborted before its body: ");
        assertThat(Endings.in(directory)).containsExactly("INCONCLUSIVE, kept", "INCONCLUSIVE, kept");
    }

    @Quick
    @Expect(Unsure.class)
    static class AbortsThenFails {
        @Test
        void plain(Cluster cluster) {
            Assumptions.assumeTrue(false, "no licence");
        }

        @AfterEach
        void check() {
            throw new AssertionFailedError("seen after the test");
        }
    }

    @Test
    void aFailureCountsMoreThanAnAbortedBody() {
        assertThat(run(AbortsThenFails.class).tests()).containsExactly("plain(Cluster) FAILED");
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @Expect(Fixtures.Red.class)
    static class FailsEverywhere {
        @Test
        void plain(Cluster cluster) {
            throw new AssertionFailedError("seen in the test");
        }

        @AfterEach
        void check() {
            throw new AssertionFailedError("seen after the test");
        }
    }

    @Test
    void theBodyComesFirst() {
        var failure = run(FailsEverywhere.class).failureOf("plain");
        assertThat(failure).hasMessage("seen in the test").satisfies(each -> hasReplay(each));
        assertThat(failure.getSuppressed()).anyMatch(each -> "seen after the test".equals(each.getMessage()));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @Topology(backend = "leaky")
    @Expect(Fixtures.Red.class)
    static class LeavesSomething {
        @Test
        void plain(Cluster cluster) {}
    }

    @Test
    void whatTheRunItselfTellsIsNoFailureOutside() {
        run(LeavesSomething.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
        assertThat(Endings.report(directory).at("/failures/body").isNull()).isTrue();
        assertThat(Endings.report(directory).get("notes")).isEmpty();
    }

    @Quick
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstance {
        @AfterEach
        void check(RepetitionInfo info) {
            if (info.getCurrentRepetition() == 1) {
                throw new AssertionFailedError("seen after the first");
            }
        }

        @RepeatedTest(2)
        void repeated(Cluster cluster) {}
    }

    @Test
    void onlyTheTestThatFailedCounts() {
        run(OneInstance.class);
        assertThat(Endings.in(directory)).containsExactlyInAnyOrder("FAILED, kept", "PASSED, dropped");
    }

    @Quick
    @Topology(scope = ClusterScope.SESSION)
    @TestInstance(Lifecycle.PER_CLASS)
    static class SharedCluster {
        private int tests;

        @AfterEach
        void check() {
            if (++tests == 1) {
                throw new AssertionFailedError("dirty");
            }
        }

        @RepeatedTest(3)
        void repeated(Cluster cluster) {}
    }

    @Test
    void aSharedClusterIsNotUsedAgain() {
        run(SharedCluster.class);
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0", "deploy 2+0", "close 2+0");
    }
}
