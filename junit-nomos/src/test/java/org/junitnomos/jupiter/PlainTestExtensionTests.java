package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.Fixtures.Red;
import org.junitnomos.jupiter.Fixtures.Unsure;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

class PlainTestExtensionTests implements LeavesNothing {
    record AlsoRed() implements Expectation {
        @Override
        public void evaluate(RunContext run) {
            throw new AssertionFailedError("nothing was included");
        }
    }

    @Quick
    @Expect(Green.class)
    static class Plain {
        @Test
        void holds() {
            say("body");
        }

        @Test
        @Expect(Red.class)
        void fails() {}

        @Test
        @Expect(Red.class)
        @Expect(AlsoRed.class)
        void failsTwice() {}

        @Test
        @Expect(Unsure.class)
        void unsure() {}

        @Test
        @Expect(Unsure.class)
        @Expect(Red.class)
        void unsureAndFails() {}

        @Test
        @Disabled("later")
        void disabled() {}
    }

    @Test
    void eachTestHasARunOfItsOwn() {
        var outcome = run(Plain.class);
        assertThat(outcome.tests())
                .containsExactlyInAnyOrder(
                        "holds() SUCCESSFUL",
                        "fails() FAILED",
                        "failsTwice() FAILED",
                        "unsure() ABORTED",
                        "unsureAndFails() FAILED",
                        "disabled() SKIPPED later");
        assertThat(ScriptedBackends.deploys()).hasSize(5);
        assertThat(Fixtures.SAID).containsExactly("body");
    }

    @Test
    void oneFailureIsThrownAsItIs() {
        assertThat(run(Plain.class, "fails").failureOf("fails"))
                .isExactlyInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("red: ")
                .hasMessageContaining("-Dtest='PlainTestExtensionTests$Plain#fails' -Dnomos.seed=4711");
    }

    @Test
    void severalFailuresAreThrownTogether() {
        var failure = run(Plain.class, "failsTwice").failureOf("failsTwice");
        assertThat(failure)
                .isInstanceOf(MultipleFailuresError.class)
                .hasMessageContaining("scenario 'PlainTestExtensionTests.Plain.failsTwice()' (2 failures)")
                .hasMessageContaining("red: ")
                .hasMessageContaining("also red: nothing was included");
        assertThat(run(Plain.class, "unsureAndFails").failureOf("unsureAndFails"))
                .isInstanceOf(MultipleFailuresError.class);
    }

    @Test
    void whatCannotBeJudgedAborts() {
        assertThat(run(Plain.class, "unsure").failureOf("unsure"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("unsure: inconclusive: too few slots");
    }

    @Test
    void publishesWhatAReplayNeeds() {
        assertThat(run(Plain.class, "holds").reportEntries())
                .singleElement()
                .satisfies(entries -> assertThat(entries)
                        .containsEntry("nomos.seed", "4711")
                        .containsEntry("nomos.verdict", "PASSED")
                        .containsKeys("nomos.replay", "nomos.directory", "nomos.report"));
    }

    @Quick
    static class TimeOuts {
        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
        void sameThread() throws Exception {
            new CountDownLatch(1).await();
        }

        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void separateThread() throws Exception {
            new CountDownLatch(1).await();
        }

        @Test
        @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
        void inTime(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(5));
            say("slept on " + Thread.currentThread().getName().replaceAll("\\d+", "#"));
        }

        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void deaf() {
            while (!LISTENS.get()) {
                Thread.onSpinWait();
            }
        }
    }

    private static final AtomicBoolean LISTENS = new AtomicBoolean();

    @Test
    void timesOutInTheSameThread() {
        assertThat(run(TimeOuts.class, "sameThread").failureOf("sameThread")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void timesOutInASeparateThread() {
        var outcome = run(TimeOuts.class, "separateThread");

        assertThat(outcome.failureOf("separateThread")).isInstanceOf(TimeoutException.class);
        assertThat(outcome.reportEntries())
                .singleElement()
                .satisfies(entries -> assertThat(entries).containsEntry("nomos.verdict", "FAILED"));
    }

    @Test
    void saysThatABodyDoesNotEndAlthoughItIsInterrupted() {
        LISTENS.set(false);
        try {
            assertThat(run(TimeOuts.class, "deaf").failureOf("deaf").getSuppressed())
                    .filteredOn(DeploymentException.class::isInstance)
                    .singleElement()
                    .satisfies(trouble -> assertThat(trouble)
                            .hasMessageContaining(
                                    "the interrupted test body did not end within its limit of 3 s of real time; ")
                            .hasMessageContaining("the test body runs at PlainTestExtensionTests.java:")
                            .hasMessageContaining(". Let it end when it is interrupted. What every thread did then: "));
            assertThat(ScriptedBackends.LIVE.getAndSet(0))
                    .as("clusters that nobody can shut down while the body holds the clock")
                    .isOne();
        } finally {
            LISTENS.set(true);
        }
    }

    @Quick
    @Expect(Green.class)
    static class NotInjectable {
        @Test
        void neverRuns(String text) {
            say(text);
        }
    }

    @Test
    void countsATestWhoseBodyNeverRanAsFailed() {
        var outcome = run(NotInjectable.class);

        assertThat(outcome.failureOf("neverRuns")).isInstanceOf(ParameterResolutionException.class);
        assertThat(outcome.reportEntries())
                .singleElement()
                .satisfies(entries -> assertThat(entries).containsEntry("nomos.verdict", "FAILED"));
        assertThat(Fixtures.SAID).isEmpty();
    }

    @Test
    void sleepsOnTheVirtualClockInASeparateThread() {
        assertThat(run(TimeOuts.class, "inTime").tests()).containsExactly("inTime(RunContext) SUCCESSFUL");
        assertThat(Fixtures.SAID).containsExactly("slept on junit-timeout-thread-#");
    }

    @Quick
    @Expect(Red.class)
    static class OtherTemplates {
        @RepeatedTest(2)
        void repeated(Cluster cluster) {
            say("repeated on " + cluster.nodes().size());
        }

        @TestFactory
        DynamicTest factory(RunContext run) {
            return DynamicTest.dynamicTest("dynamic", () -> {
                run.clock().sleep(Duration.ofSeconds(1));
                say("dynamic");
            });
        }
    }

    @Test
    void everyRepetitionHasARunOfItsOwn() {
        var outcome = run(OtherTemplates.class, "repeated");
        assertThat(outcome.tests()).hasSize(2).allMatch(line -> line.endsWith("FAILED"));
        assertThat(ScriptedBackends.deploys()).hasSize(2);
    }

    @Test
    void dynamicTestsArePartOfTheRunOfTheirFactory() {
        var outcome = run(OtherTemplates.class, "factory");
        assertThat(outcome.tests()).containsExactly("dynamic SUCCESSFUL");
        assertThat(outcome.containers()).contains("factory(RunContext) FAILED");
        assertThat(Fixtures.SAID).containsExactly("dynamic");
        assertThat(ScriptedBackends.deploys()).hasSize(1);
    }

    @Quick
    static class UsesTheClockAround {
        @BeforeEach
        void setUp(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(2));
            say("before " + run.isDriving());
        }

        @Test
        void body(RunContext run) {
            say("body " + run.isDriving());
        }

        @AfterEach
        void tearDown(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(2));
            say("after " + run.isDriving());
        }
    }

    @Test
    void setUpAndTearDownMayWaitOnTheClock() {
        assertThat(run(UsesTheClockAround.class).tests()).containsExactly("body(RunContext) SUCCESSFUL");
        assertThat(Fixtures.SAID).containsExactly("before false", "body true", "after false");
    }

    static class OnlyOneMethod {
        @Test
        @Quick
        void scenario(Cluster cluster) {
            say("cluster of " + cluster.nodes().size());
        }

        @Test
        void ordinary() {
            say("ordinary");
        }
    }

    @Test
    void anAnnotationOnAMethodConcernsThatMethodAlone() {
        assertThat(run(OnlyOneMethod.class).tests())
                .containsExactlyInAnyOrder("scenario(Cluster) SUCCESSFUL", "ordinary() SUCCESSFUL");
        assertThat(ScriptedBackends.deploys()).hasSize(1);
    }

    @Quick
    @Topology(backend = "needs-docker")
    static class NeedsDocker {
        @Test
        void a() {}

        @ScenarioTest
        void b() {}
    }

    /** A system property wins over an environment that says the opposite, as CI's does. */
    private static <T> T withSystemProperty(String name, String value, Supplier<T> action) {
        System.setProperty(name, value);
        try {
            return action.get();
        } finally {
            System.clearProperty(name);
        }
    }

    @Test
    void skipsOrFailsWithoutItsRequirements() {
        var reason = "backend 'needs-docker' cannot run here: Docker does not answer. Start it.";
        var skipped = withSystemProperty("nomos.requirements", "skip", () -> run(NeedsDocker.class));
        assertThat(skipped.tests()).containsExactly("a() SKIPPED " + reason + " (nomos.requirements=skip)");
        assertThat(skipped.containers()).contains("b() SKIPPED " + reason + " (nomos.requirements=skip)");
        var failed = withSystemProperty("nomos.requirements", "fail", () -> run(NeedsDocker.class));
        assertThat(failed.tests()).contains("a() FAILED");
        assertThat(failed.failureOf("a()")).hasMessage(reason + " (nomos.requirements=fail)");
        assertThat(failed.failureOf("run")).hasMessage(reason + " (nomos.requirements=fail)");
    }

    @Test
    void anUnknownSettingFailsEveryTestByItsName() {
        var outcome = kit().with("nomos.seed", "soon").execute(Plain.class);
        assertThat(outcome.failureOf("holds()"))
                .hasMessageContaining("nomos.seed")
                .hasMessageContaining("soon");
    }

    @Topology(backend = "process", validators = 2)
    @RunFor("1s")
    @ExpectSafety
    static class OnProcesses {
        @Test
        void a() {}
    }

    @Test
    void aMisspelledSettingOfAnyBackendFailsEveryTest() {
        var outcome = withSystemProperty("nomos.process.comand", "com.example.Node", () -> run(Plain.class));
        assertThat(outcome.failureOf("holds()"))
                .hasMessageContaining("Setting 'nomos.process.comand' (system property) is not known. Did you mean"
                        + " 'nomos.process.command'?");
    }

    @Test
    void aCommandThatDoesNotExistFailsAndIsNotSkipped() {
        var outcome = withSystemProperty(
                "nomos.requirements",
                "skip",
                () -> withSystemProperty("nomos.process.command", "com.example.Node", () -> run(OnProcesses.class)));
        assertThat(outcome.tests()).containsExactly("a() FAILED");
        assertThat(outcome.failureOf("a()"))
                .hasMessageContaining("Setting 'nomos.process.command' (system property) is \"com.example.Node\"")
                .hasMessageContaining("java.lang.ClassNotFoundException: com.example.Node");
    }

    @Quick
    static class Constructor {
        Constructor(Cluster cluster) {
            throw new IllegalStateException("no instance on " + cluster.nodes().size());
        }

        @Test
        void a() {}
    }

    @Test
    void aConstructorThatThrowsLeavesNothing() {
        assertThat(run(Constructor.class).failureOf("a()")).hasMessageContaining("no instance on 2");
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0");
    }

    @Quick
    static class OutOfMemory {
        @Test
        void a() {
            throw new OutOfMemoryError("not a real one");
        }
    }

    @Test
    void anErrorThatEndsJUnitLeavesNothing() {
        assertThatThrownBy(() -> run(OutOfMemory.class)).hasStackTraceContaining("not a real one");
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0");
    }
}
