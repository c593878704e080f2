package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;
import org.junitnomos.workload.SubmissionStrategy;
import org.junitnomos.workload.TransactionWorkload;

class PlanReaderTests {
    /** Read classes, outermost first; a string names a method of the class before it. */
    static Plan read(Object... elements) {
        return PlanReader.read(null, elements(elements), null);
    }

    static List<AnnotatedElement> elements(Object... elements) {
        var found = new ArrayList<AnnotatedElement>();
        for (var element : elements) {
            if (element instanceof Class<?> type) {
                found.add(type);
            } else {
                found.add(Arrays.stream(((Class<?>) found.get(found.size() - 1)).getDeclaredMethods())
                        .filter(method -> method.getName().equals(element))
                        .findFirst()
                        .orElseThrow());
            }
        }
        return found;
    }

    @Nested
    class AnnotationsAndBuilder {
        @ScenarioOptions(name = "everything", time = TimeMode.REAL)
        @Topology(
                validators = 3,
                executors = 1,
                layout = NetworkLayout.CHAIN,
                slot = "1s",
                activeSlotCoefficient = 0.5,
                securityParameter = 6,
                withoutRules = NodeRule.BLOCK_SIZE,
                stake = {40, 30, 20, 10},
                overlay = "all: {tracing: {level: DEBUG}}",
                urls = true)
        @Wallets(value = 50, each = 1000, known = true)
        @Links(latency = "80ms", jitter = "5ms", lossPerMille = 3)
        @ClockSkew(node = "validator-1", ahead = "200ms")
        @ClockSkew(node = "executor-0", ahead = "-300ms")
        @RunFor(value = "10m", cooldown = "30s", deadline = "1h")
        @Transactions(rate = 7, users = 20, strategy = SubmissionStrategy.RANDOM)
        @ExpectConsensusLiveness(maxLag = 5, falseAlarmOneIn = 1000)
        @ExpectInclusion(withinBlocks = 12, percent = 90)
        @ExpectSafety
        @ExpectHeightConvergence(maxSpread = 1)
        static class Everything {}

        @Test
        void giveEqualPlans() {
            var topology = new TopologySpec(
                    3,
                    1,
                    NetworkLayout.CHAIN,
                    new ConsensusParameters(
                            Duration.ofSeconds(1), new BigDecimal("0.5"), 6, Set.of(NodeRule.BLOCK_SIZE)),
                    new WalletSpec(50, 1000, true),
                    new LinkSpec(Duration.ofMillis(80), Duration.ofMillis(5), 3),
                    Map.of("validator-1", Duration.ofMillis(200), "executor-0", Duration.ofMillis(-300)),
                    List.of(40, 30, 20, 10),
                    "all: {tracing: {level: DEBUG}}",
                    true);
            var built = Scenario.builder()
                    .name("everything")
                    .time(TimeMode.REAL)
                    .topology(topology)
                    .runFor(Duration.ofMinutes(10))
                    .cooldown(Duration.ofSeconds(30))
                    .deadline(Duration.ofHours(1))
                    .workload(new TransactionWorkload(7, 20, SubmissionStrategy.RANDOM))
                    .expect(new ConsensusLiveness(5, 5, 1000))
                    .expect(new TransactionInclusion(12, 90))
                    .expect(new Safety())
                    .expect(new HeightConvergence(1))
                    .build();
            assertThat(read(Everything.class).scenario()).isEqualTo(built);
        }

        @Topology
        @Wallets(8)
        @Transactions
        @ExpectConsensusLiveness
        @ExpectInclusion
        @ExpectHeightConvergence
        static class Composed {}

        @Topology
        @Wallets(8)
        @Workload(TransactionWorkload.class)
        @Expect(ConsensusLiveness.class)
        @Expect(TransactionInclusion.class)
        @Expect(HeightConvergence.class)
        static class ByClass {}

        @Test
        void haveTheSameDefaults() {
            var composed = read(Composed.class).scenario();
            var byClass = read(ByClass.class).scenario();
            assertThat(composed.workloads()).isEqualTo(byClass.workloads());
            assertThat(composed.expectations()).isEqualTo(byClass.expectations());
            var built = Scenario.builder()
                    .name(composed.name())
                    .wallets(8)
                    .workload(new TransactionWorkload())
                    .expect(new ConsensusLiveness())
                    .expect(new TransactionInclusion())
                    .expect(new HeightConvergence())
                    .validators(1)
                    .build();
            assertThat(composed).isEqualTo(built);
        }

        @Topology
        static class Nothing {}

        @Test
        void haveTheDefaultsOfTheBuilder() {
            var plan = read(Nothing.class);
            assertThat(plan.run()).isEqualTo(RunScope.METHOD);
            assertThat(plan.cluster()).isEqualTo(ClusterScope.RUN);
            assertThat(plan.scenario())
                    .isEqualTo(Scenario.builder()
                            .name("PlanReaderTests.AnnotationsAndBuilder.Nothing")
                            .build());
        }
    }

    @Nested
    class Refinement {
        @Topology(validators = 3, layout = NetworkLayout.FULL)
        @Wallets(value = 10, each = 7)
        @RunFor(value = "2m", cooldown = "9s")
        @ClockSkew(node = "validator-0", ahead = "1s")
        @ClockSkew(node = "validator-1", ahead = "1s")
        static class Base {}

        @Topology(executors = 2)
        @Wallets(20)
        @RunFor("4m")
        @ClockSkew(node = "validator-1", ahead = "0s")
        static class Refined extends Base {
            @Topology(validators = 4)
            void method() {}
        }

        @Test
        void goesAttributeByAttribute() {
            var scenario = read(Refined.class, "method").scenario();
            assertThat(scenario.name()).isEqualTo("PlanReaderTests.Refinement.Refined.method()");
            assertThat(scenario.topology().validators()).isEqualTo(4);
            assertThat(scenario.topology().executors()).isEqualTo(2);
            assertThat(scenario.topology().layout()).isEqualTo(NetworkLayout.FULL);
            assertThat(scenario.topology().wallets()).isEqualTo(new WalletSpec(20, 7));
            assertThat(scenario.topology().clockSkews()).isEqualTo(Map.of("validator-0", Duration.ofSeconds(1)));
            assertThat(scenario.runWindow()).isEqualTo(Duration.ofMinutes(4));
            assertThat(scenario.cooldown()).isEqualTo(Duration.ofSeconds(9));
        }

        @Test
        void readsEnclosingClassesFirst() {
            assertThat(read(Base.class, Refined.class).scenario().topology().validators())
                    .isEqualTo(3);
            assertThat(read(Refined.class, Base.class).scenario().topology().executors())
                    .isEqualTo(2);
        }

        @ScenarioOptions(name = "outer", run = RunScope.CLASS)
        @Topology(scope = ClusterScope.SESSION, backend = "embedded")
        static class Outer {}

        @ScenarioOptions
        @Topology(scope = ClusterScope.CLASS)
        static class Inner {}

        @Test
        void inheritsScopes() {
            var plan = read(Outer.class, Inner.class);
            assertThat(plan.run()).isEqualTo(RunScope.CLASS);
            assertThat(plan.cluster()).isEqualTo(ClusterScope.CLASS);
            assertThat(plan.scenario().name()).isEqualTo("outer");
        }

        @Topology(validators = 3, customizer = AddOne.class)
        static class Customized {}

        static final class AddOne implements TopologyCustomizer {
            @Override
            public TopologySpec customize(TopologySpec topology) {
                return TopologySpec.of(topology.validators() + 1, 0);
            }
        }

        @Test
        void customizesAfterTheSweep() {
            var point = new SweepPoint(1, TopologySpec.of(5, 0), "embedded", List.of("validators"), false, null);
            var plan = PlanReader.read(null, List.of(Customized.class), point);
            assertThat(plan.scenario().topology()).isEqualTo(TopologySpec.of(6, 0));
            assertThat(plan.scenario().name()).endsWith("Customized validators=5");
        }
    }

    @Nested
    class Kinds {
        record Burst(int size) implements WorkloadGenerator {
            Burst() {
                this(1);
            }

            Burst(Bursts annotation) {
                this(annotation.size());
            }

            Burst(OtherBursts annotation) {
                this(-annotation.size());
            }

            @Override
            public void drive(RunContext run) {}
        }

        @Workload(Burst.class)
        @Retention(RetentionPolicy.RUNTIME)
        @interface Bursts {
            int size();
        }

        @Workload(Burst.class)
        @Retention(RetentionPolicy.RUNTIME)
        @interface OtherBursts {
            int size();
        }

        record Held(String why) implements Expectation {
            Held() {
                this("plain");
            }

            Held(Holds annotation) {
                this(annotation.why());
            }

            @Override
            public String name() {
                return "held " + why;
            }

            @Override
            public void evaluate(RunContext run) {}
        }

        @Expect(Held.class)
        @Retention(RetentionPolicy.RUNTIME)
        @interface Holds {
            String why();
        }

        @Topology(validators = 2)
        @Bursts(size = 5)
        @Expect(Held.class)
        @Holds(why = "smoke")
        @Retention(RetentionPolicy.RUNTIME)
        @interface Smoke {}

        @Smoke
        @Holds(why = "direct")
        static class DirectLast {}

        @Holds(why = "direct")
        @Topology(validators = 3)
        @Smoke
        static class DirectFirst {}

        @Test
        void aDirectAnnotationBeatsAComposedOneInEitherOrder() {
            assertThat(read(DirectLast.class).scenario().expectations())
                    .containsExactlyInAnyOrder(new Held("plain"), new Held("direct"));
            assertThat(read(DirectFirst.class).scenario().expectations())
                    .containsExactlyInAnyOrder(new Held("plain"), new Held("direct"));
            assertThat(read(DirectFirst.class).scenario().topology().validators())
                    .isEqualTo(3);
        }

        @Bursts(size = 1)
        @OtherBursts(size = 2)
        @Workload(Burst.class)
        static class Several {
            @Bursts(size = 9)
            void replaces() {}

            @NoWorkloads
            void drops() {}

            @NoWorkloads
            @Workload(Burst.class)
            void keepsItsOwn() {}
        }

        @Test
        void theSameKindReplacesAndOthersStay() {
            assertThat(read(Several.class).scenario().workloads())
                    .containsExactlyInAnyOrder(new Burst(1), new Burst(-2), new Burst(1));
            assertThat(read(Several.class, "replaces").scenario().workloads())
                    .containsExactlyInAnyOrder(new Burst(9), new Burst(-2), new Burst(1));
        }

        @Test
        void dropsWhatIsInherited() {
            assertThat(read(Several.class, "drops").scenario().workloads()).isEmpty();
            assertThat(read(Several.class, "keepsItsOwn").scenario().workloads())
                    .containsExactly(new Burst(1));
        }

        @Wallets(9)
        @Transactions(rate = 1, users = 2)
        @Transactions(rate = 3, users = 4)
        static class Twice {}

        @Test
        void severalOfAKindOnOneElementCount() {
            assertThat(read(Twice.class).scenario().workloads())
                    .containsExactly(new TransactionWorkload(1, 2), new TransactionWorkload(3, 4));
        }

        @Holds(why = "annotated")
        static class OnBuilder {}

        @NoExpectations
        @Topology(executors = 2)
        static class Cleared {}

        @Test
        void refineTheBuilder() {
            var base = Scenario.builder()
                    .validators(3)
                    .workload(new Burst(4))
                    .expect(new Held("built"))
                    .expect(new Safety())
                    .build();
            var refined = PlanReader.read(base, List.of(OnBuilder.class), null).scenario();
            assertThat(refined.workloads()).containsExactly(new Burst(4));
            assertThat(refined.expectations()).containsExactly(new Safety(), new Held("annotated"));
            var cleared = PlanReader.read(base, List.of(Cleared.class), null).scenario();
            assertThat(cleared.expectations()).isEmpty();
            assertThat(cleared.topology()).isEqualTo(TopologySpec.of(3, 2));
        }
    }

    @Test
    void tellsWhatIsAnnotated() {
        assertThat(PlanReader.isAnnotated(Kinds.DirectLast.class)).isTrue();
        assertThat(PlanReader.isAnnotated(Refinement.Refined.class)).isTrue();
        assertThat(PlanReader.isAnnotated(PlanReaderTests.class)).isFalse();
    }
}
