package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.workload.TransactionWorkload;

/** Problems that a plan has as a whole name the annotation that is to blame, and where it stands. */
class AnnotationTermsTests {
    @Topology(slot = "20s")
    @RunFor("30s")
    @Retention(RetentionPolicy.RUNTIME)
    @interface SlowSlots {}

    @SlowSlots
    static class Composed {
        @RunFor("25s")
        void shorter() {}
    }

    @Test
    void theElementIsNamedThatSaidItLast() throws NoSuchMethodException {
        assertThat(problems(null, Composed.class))
                .containsExactly("@RunFor.value on AnnotationTermsTests.Composed is 30 s, expected at least 2 slots of"
                        + " 20 s. Run for at least 40 s.");
        assertThat(problems(null, Composed.class, "shorter"))
                .containsExactly("@RunFor.value on AnnotationTermsTests.Composed.shorter() is 25 s, expected at least 2"
                        + " slots of 20 s. Run for at least 40 s.");
    }

    @Topology(slot = "40s")
    static class OnlyTheSlot {}

    @Test
    void whatNobodySaidIsNamedByItsAnnotation() {
        assertThat(problems(null, OnlyTheSlot.class))
                .containsExactly("@RunFor is 1 min, expected at least 2 slots of 40 s. Run for at least 1.333 min.");
    }

    @Test
    void whatTheBuilderSaidIsNamedAsThere() {
        var base = plan().toBuilder().runFor(Duration.ofMinutes(1)).build();
        assertThat(problems(base, OnlyTheSlot.class))
                .containsExactly("runFor is 1 min, expected at least 2 slots of 40 s. Run for at least 1.333 min.");
    }

    @Wallets(3)
    static class FewWallets {}

    @Test
    void aWorkloadOfTheBuilderIsNamedAsThere() {
        var base = plan().toBuilder()
                .wallets(9)
                .workload(new TransactionWorkload(9, 9))
                .build();
        assertThat(problems(base, FewWallets.class))
                .containsExactly("transactions: users is 9, expected at most the 3 wallets of the topology. Lower users"
                        + " or raise @Wallets to 9.");
    }

    @Transactions(rate = 2)
    @Transactions(rate = 4)
    @Wallets(3)
    static class Twice {}

    @Workload(TransactionWorkload.class)
    @Wallets(3)
    static class Plain {}

    @Test
    void aPlainWorkloadIsNamedWithItsClass() {
        assertThat(problems(null, Twice.class))
                .containsExactly("@Transactions.rate on AnnotationTermsTests.Twice is 4, expected at most the 3 users,"
                        + " since each has one transaction in flight. Lower the rate or raise the users to 4.");
        assertThat(problems(null, Plain.class))
                .containsExactly("@Workload(TransactionWorkload.class) on AnnotationTermsTests.Plain: rate is 5,"
                        + " expected at most the 3 users, since each has one transaction in flight. Lower the rate or"
                        + " raise the users to 5.");
    }

    record Picky(int size, int other) implements WorkloadGenerator {
        Picky(Pickiness annotation) {
            this(annotation.size(), 7);
        }

        @Override
        public void validate(Scenario scenario, Problems problems) {
            problems.add("size", size, "1", "Lower it");
            problems.add("other", other, "1", "Lower it");
            problems.add("used alone", "company", "Raise " + problems.name(PlanTerm.VALIDATORS));
            problems.add(PlanTerm.LATENCY, "20 ms", "more for workload 'picky'", "Raise it");
        }

        @Override
        public void drive(RunContext run) {}
    }

    @Workload(Picky.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Pickiness {
        int size();
    }

    @Pickiness(size = 2)
    @Links(latency = "20ms")
    static class Own {}

    @Test
    void workloadsOfUsersAreNamedLikeOurs() {
        assertThat(problems(null, Own.class))
                .containsExactly(
                        "@Pickiness.size on AnnotationTermsTests.Own is 2, expected 1. Lower it.",
                        "@Pickiness on AnnotationTermsTests.Own: other is 7, expected 1. Lower it.",
                        "@Pickiness on AnnotationTermsTests.Own is used alone, expected company. Raise"
                                + " @Topology.validators.",
                        "@Links.latency on AnnotationTermsTests.Own is 20 ms, expected more for workload 'picky'. Raise"
                                + " it.");
        var builder = Scenario.builder().workload(new Picky(2, 7));
        assertThat(catchThrowableOfType(ScenarioValidationException.class, builder::build)
                        .problems())
                .containsExactly(
                        "picky: size is 2, expected 1. Lower it.",
                        "picky: other is 7, expected 1. Lower it.",
                        "workload 'picky' is used alone, expected company. Raise validators.",
                        "links.latency is 20 ms, expected more for workload 'picky'. Raise it.");
    }

    @Topology(validators = 3, customizer = Crowd.class)
    static class Customized {}

    static final class Crowd implements TopologyCustomizer {
        @Override
        public TopologySpec customize(TopologySpec topology) {
            return TopologySpec.of(-1, 0);
        }
    }

    @Test
    void whatACustomizerChangedIsNotBlamedOnAnAttribute() {
        assertThat(problems(null, Customized.class))
                .containsExactly("@Topology.validators is -1, expected 0 or more. Declare how many validators run.");
    }

    @RunFor("6s")
    @Expect(ConsensusLiveness.class)
    static class ShortRun {}

    @Test
    void whatAnExpectationWantsOfTheRunIsNamedByTheRun() {
        assertThat(problems(null, ShortRun.class))
                .singleElement()
                .asString()
                .startsWith("@RunFor.value on AnnotationTermsTests.ShortRun is 6 s, expected at least ");
    }

    @Topology(validators = 2)
    @RunFor("1m")
    @ExpectConsensusLiveness
    @RandomRestarts(maxDelay = "50s")
    static class TooShortWithSettings {
        @Test
        void body() {}
    }

    @Test
    void whatSettingsMadeOfAPlanIsToldInItsTerms() {
        var outcome = NomosTestKit.kit().with("nomos.run-for.factor", "0.1").execute(TooShortWithSettings.class);
        assertThat(outcome.failureOf("body()"))
                .hasMessageContaining("with nomos.run-for.factor=0.1 has ")
                .hasMessageContaining("@RunFor is 6 s, expected at least ")
                .hasMessageContaining("@RandomRestarts.maxDelay on AnnotationTermsTests.TooShortWithSettings is 50 s,"
                        + " expected less than 4 s");
    }

    private static Scenario plan() {
        return Scenario.builder().build();
    }

    private static List<String> problems(@Nullable Scenario base, Class<?> type) {
        return problems(base, List.of(type));
    }

    private static List<String> problems(@Nullable Scenario base, Class<?> type, String method)
            throws NoSuchMethodException {
        return problems(base, List.of(type, type.getDeclaredMethod(method)));
    }

    private static List<String> problems(@Nullable Scenario base, List<? extends AnnotatedElement> elements) {
        var failure = catchThrowableOfType(
                ExtensionConfigurationException.class, () -> PlanReader.read(base, elements, null));
        return ((ScenarioValidationException) failure.getCause()).problems();
    }
}
