package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Quick;

/** What a replay names is what runs, and nothing else. */
class SelectionTests implements LeavesNothing {
    private static final String HERE = "[class:" + SelectionTests.class.getName();

    @TempDir
    Path directory;

    abstract static class Base {
        @Nested
        class Inner {
            @Test
            void t(Cluster cluster) {
                Assertions.fail("planted");
            }
        }
    }

    @Quick
    static class Inherits extends Base {}

    @Quick
    static class Various {
        @Test
        void twice(Cluster cluster) {
            Assertions.fail("planted");
        }

        @Test
        void twice(Cluster cluster, TestInfo info) {}

        @ParameterizedTest(name = "number {0}")
        @ValueSource(ints = {1, 2, 3})
        void each(int number, Cluster cluster) {
            assertThat(number).isNotEqualTo(2);
        }
    }

    private static String replayOf(Throwable failure) {
        return failure.getSuppressed()[0].getMessage();
    }

    @Test
    void anInheritedNestedClassIsNamedByTheClassThatRunsIt() {
        assertThat(replayOf(run(Inherits.class).failureOf("t(Cluster)")))
                .contains("-Dtest='SelectionTests$Inherits' -Dnomos.test='" + HERE + "$Inherits]/[nested-class:Inner]/"
                        + "[method:t(org.junitnomos.deploy.Cluster)]' -Dnomos.seed=4711 ");
    }

    @Test
    void theEvidenceInOneFileIsNamedBesideIt() {
        var failure = kit().with("nomos.evidence.zip", "true")
                .with("nomos.directory", directory.toString())
                .execute(Inherits.class)
                .failureOf("t(Cluster)");
        var run = directory.resolve("SelectionTests.Base.Inner.t");

        assertThat(replayOf(failure))
                .endsWith("; evidence: " + run.resolve("1") + "; evidence as one file: " + run.resolve("1.zip"));
        assertThat(run.resolve("1.zip")).isRegularFile();
    }

    @Test
    void oneOfTwoMethodsWithOneName() {
        assertThat(replayOf(run(Various.class).failureOf("twice(Cluster)")))
                .contains("/[method:twice(org.junitnomos.deploy.Cluster)]' -Dnomos.seed=4711 ");
    }

    @Test
    void oneInvocationOfMany() {
        assertThat(replayOf(run(Various.class).failureOf("number 2")))
                .contains("/[test-template:each(int, org.junitnomos.deploy.Cluster)]/[test-template-invocation:#2]'");

        var again = kit().with(
                        "nomos.test",
                        HERE + "$Various]/[test-template:each(int, org.junitnomos.deploy.Cluster)]/"
                                + "[test-template-invocation:#2]")
                .execute(Various.class);

        assertThat(again.tests()).filteredOn(test -> test.endsWith("FAILED")).containsExactly("number 2 FAILED");
        assertThat(again.tests()).noneMatch(test -> test.endsWith("SUCCESSFUL"));
    }

    @Test
    void anInvocationThatIsGoneFailsItsClass() {
        var again = kit().with(
                        "nomos.test",
                        HERE + "$Various]/[test-template:each(int, org.junitnomos.deploy.Cluster)]/"
                                + "[test-template-invocation:#4]")
                .execute(Various.class);

        assertThat(again.tests()).noneMatch(test -> test.endsWith("SUCCESSFUL"));
        assertThat(again.failureOf("SelectionTests$Various"))
                .hasMessageContaining("SelectionTests.Various has ended without it: nothing was run");
    }

    @Quick
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class OfParameters {
        @Parameter
        int number;

        @Test
        void t(Cluster cluster) {
            assertThat(number).isNotEqualTo(2);
        }
    }

    private static NomosTestKit.Outcome invocation(int number) {
        return kit().with(
                        "nomos.test",
                        HERE.replace("[class:", "[class-template:") + "$OfParameters]/[class-template-invocation:#"
                                + number + "]/[method:t(org.junitnomos.deploy.Cluster)]")
                .execute(OfParameters.class);
    }

    @Test
    void anInvocationOfAClassThatIsGoneFailsTheClass() {
        var gone = invocation(3);

        assertThat(invocation(2).failureOf("t(Cluster)")).hasMessageContaining("not to be equal");
        assertThat(gone.tests()).noneMatch(test -> test.endsWith("SUCCESSFUL"));
        assertThat(gone.failureOf("SelectionTests$OfParameters"))
                .hasMessageContaining("SelectionTests.OfParameters has ended without it: nothing was run");
    }

    @Test
    void aTestThatIsGoneIsRefusedWithThoseThatAreThere() {
        var type = new EngineDescriptor(UniqueId.parse("[engine:junit-jupiter]/[class:a.B]"), "B");
        type.addChild(new EngineDescriptor(UniqueId.parse("[engine:junit-jupiter]/[class:a.B]/[method:u()]"), "u()"));

        assertThat(new OnlyTheTest("[class:a.B]/[method:u()]").apply(type).included())
                .isTrue();
        assertThatThrownBy(() -> new OnlyTheTest("[class:a.B]/[method:t()]").apply(type))
                .hasMessageStartingWith("Setting 'nomos.test' is \"[class:a.B]/[method:t()]\", but there is no such"
                        + " test; its class has\n  [class:a.B]/[method:u()]\n");
    }

    @Test
    void aReplayOfAnotherSystemIsRefusedBeforeAnythingStarts() {
        var outcome = kit().with("nomos.replay.on", "process; my node; 1.0").execute(Various.class);
        assertThat(outcome.failureOf("twice(Cluster)"))
                .hasStackTraceContaining("backend was 'process', here it is 'scripted'");
        assertThat(ScriptedBackends.deploys()).isEmpty();
    }

    @Test
    void theFilterOfLaunchersLeavesNothingElse() {
        var wanted = "[class:a.B]/[nested-class:C]/[method:t()]";
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class:a.B]")).isTrue();
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class:a.B]/[nested-class:C]/[method:t()]"))
                .isTrue();
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class:a.B]/[method:t()]"))
                .isFalse();
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class:a.B2]")).isFalse();
        assertThat(isIncluded(wanted, "[engine:other]/[class:a.B2]")).isFalse();
        assertThat(isIncluded(null, "[engine:other]/[class:a.B2]")).isTrue();
    }

    @Test
    void aStarStandsForEveryPointOfASweep() {
        var wanted = "[class-template:a.B]/[class-template-invocation:#*]/[method:t()]";
        assertThat(Selections.admits(
                        wanted,
                        "[engine:junit-jupiter]/[class-template:a.B]/"
                                + "[class-template-invocation:#12]/[method:t()]"))
                .isTrue();
        assertThat(Selections.admits(
                        wanted,
                        "[engine:junit-jupiter]/[class-template:a.B]/"
                                + "[class-template-invocation:#12]/[method:u()]"))
                .isFalse();
    }

    @Test
    void whatIsNotInvokedYetHasNoInvocationInItsId() {
        var wanted = "[class-template:a.B]/[class-template-invocation:#2]/[method:t()]";
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class-template:a.B]"))
                .isTrue();
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class-template:a.B]/[method:t()]"))
                .isTrue();
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class-template:a.B]/[method:u()]"))
                .isFalse();
        assertThat(isIncluded(wanted, "[engine:junit-jupiter]/[class-template:a.B]/[class-template-invocation:#1]"))
                .isFalse();
    }

    private static boolean isIncluded(String wanted, String id) {
        TestDescriptor descriptor = new EngineDescriptor(UniqueId.parse(id), "any");
        return new OnlyTheTest(wanted).apply(descriptor).included();
    }
}
