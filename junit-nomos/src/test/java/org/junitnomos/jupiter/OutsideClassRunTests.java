package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.NomosTestKit.Outcome;
import org.opentest4j.AssertionFailedError;

/** What fails in a class belongs to the verdict of the run that spans it. */
class OutsideClassRunTests implements LeavesNothing {
    @TempDir
    Path directory;

    private Outcome run(Class<?> type) {
        return kit().with("nomos.directory", directory.toString()).execute(type);
    }

    private static void hasReplay(Throwable failure) {
        assertThat(failure.getSuppressed())
                .filteredOn(each -> each.getMessage().startsWith("run of "))
                .singleElement()
                .satisfies(each -> assertThat(each).hasMessageContaining("seed 4711; replay: mvn test -Dtest="));
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class OneTestFails {
        @Test
        void a(Cluster cluster) {
            throw new AssertionFailedError("a says no");
        }

        @Test
        void b(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void aTestThatFailsFailsTheRun() {
        var outcome = run(OneTestFails.class);
        hasReplay(outcome.failureOf("a("));
        assertThat(outcome.tests()).contains("b(Cluster) SUCCESSFUL", "expect green SUCCESSFUL");
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
        assertThat(Endings.report(directory).get("notes").findValuesAsText("text"))
                .containsExactly("OutsideClassRunTests.OneTestFails.a() failed: a says no");
        assertThat(Endings.report(directory).get("cut").isNull()).isTrue();
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class BeforeEachFails {
        @BeforeEach
        void check(Cluster cluster) {
            throw new AssertionFailedError("seen before the test");
        }

        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class AfterEachFails {
        @AfterEach
        void check() {
            throw new AssertionFailedError("seen after the test");
        }

        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class BeforeAllFails {
        @BeforeAll
        static void check(Cluster cluster) {
            throw new AssertionFailedError("seen before all tests");
        }

        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class AfterAllFails {
        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}

        @AfterAll
        static void check() {
            throw new AssertionFailedError("seen after all tests");
        }
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class NestedFails {
        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}

        @Nested
        class Inner {
            @AfterAll
            static void check() {
                throw new AssertionFailedError("seen after the nested tests");
            }

            @ExpectationNodes
            void again() {}
        }
    }

    @Test
    void setUpAndTearDownFailTheRun() {
        run(BeforeEachFails.class);
        run(AfterEachFails.class);
        assertThat(Endings.in(directory)).hasSize(2).containsOnly("FAILED, kept");
    }

    @Test
    void setUpOfTheClassFailsTheRun() {
        var outcome = run(BeforeAllFails.class);
        hasReplay(outcome.failureOf("OutsideClassRunTests$BeforeAllFails"));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class BeforeAllAborts {
        @BeforeAll
        static void check(Cluster cluster) {
            Assumptions.assumeTrue(false, "no licence");
        }

        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class BeforeAllAbortsEarly {
        @BeforeAll
        static void check() {
            Assumptions.assumeTrue(false, "no licence");
        }

        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void anAssumptionBeforeAllTestsAbortsTheRun() {
        var outcome = run(BeforeAllAborts.class);
        assertThat(outcome.failureOf("OutsideClassRunTests$BeforeAllAborts")).hasMessageContaining("no licence");
        assertThat(Endings.in(directory)).containsExactly("INCONCLUSIVE, kept");
        assertThat(Endings.report(directory).at("/expectations/0/text").textValue())
                .startsWith("not evaluated: the test was aborted before its body: ");
    }

    @Test
    void anAssumptionBeforeAnythingIsDeployedLeavesNothing() {
        assertThat(run(BeforeAllAbortsEarly.class).failureOf("OutsideClassRunTests$BeforeAllAbortsEarly"))
                .hasMessageContaining("no licence");
        assertThat(Endings.in(directory)).isEmpty();
        assertThat(ScriptedBackends.LOG).isEmpty();
    }

    @Test
    void tearDownOfTheClassFailsTheRun() {
        var outcome = run(AfterAllFails.class);
        assertThat(outcome.tests()).contains("a(Cluster) SUCCESSFUL", "expect green SUCCESSFUL");
        hasReplay(outcome.failureOf("OutsideClassRunTests$AfterAllFails"));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
        assertThat(outcome.reportEntries())
                .singleElement()
                .satisfies(entries -> assertThat(entries).containsEntry("nomos.verdict", "FAILED"));
    }

    @Test
    void tearDownOfANestedClassFailsTheRun() {
        run(NestedFails.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @Expect(Green.class)
    static class OneTestIsAborted {
        @Test
        void a(Cluster cluster) {
            Assumptions.assumeTrue(false, "no licence");
        }

        @ExpectationNodes
        void expectations() {}
    }

    @Test
    void aTestThatDoesNotApplySaysNothingOfTheRun() {
        assertThat(run(OneTestIsAborted.class).tests()).contains("a(Cluster) ABORTED", "expect green SUCCESSFUL");
        assertThat(Endings.in(directory)).containsExactly("PASSED, dropped");
    }
}
