package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.workload.TransactionWorkload;

/** Every wrong annotation is told with its place, its value, what was expected, and what to do. */
class WrongPlanTests {
    /** What the only problem of a fixture is, without the place {@code on WrongPlanTests.X}. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Told {
        String value();
    }

    @Topology(validators = 0)
    @Told("@Topology.validators@ is 0, expected at least 1 validator. Change the number.")
    static class NoValidator {}

    @Topology(validators = -7)
    @Told("@Topology.validators@ is -7, expected at least 1 validator. Change the number.")
    static class NegativeValidators {}

    @Topology(executors = -1)
    @Told("@Topology.executors@ is -1, expected 0 or more. Change the number.")
    static class NegativeExecutors {}

    @Topology(
            validators = 2,
            stake = {50, 30, 20})
    @Told("@Topology.stake@ is [50, 30, 20], expected one share for each of the 2 nodes [validator-0, validator-1]."
            + " Write 2 shares in this order, or remove them for equal stake.")
    static class ThreeShares {}

    @Topology(
            validators = 2,
            stake = {50, -30})
    @Told(
            "@Topology.stake@ is -30 for validator-1, expected a share of 0 or more. Write 0 for a node that never leads.")
    static class NegativeShare {}

    @ScenarioOptions(time = TimeMode.VIRTUAL)
    @Topology(urls = true)
    @Told("@Topology.urls@ is true in virtual time, expected real time, in which other HTTP clients live. Remove it, or"
            + " what asks for virtual time: @ScenarioOptions.time, or the setting nomos.time.")
    static class UrlsInVirtualTime {}

    @Topology(layout = {NetworkLayout.CHAIN, NetworkLayout.STAR})
    @Told("@Topology.layout@ is [CHAIN, STAR], expected at most one value. Keep one of them.")
    static class TwoLayouts {}

    @Topology(slot = "soon")
    @Told("@Topology.slot@ is \"soon\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and a"
            + " unit.")
    static class SlotWithoutNumber {}

    @Topology(slot = "0s")
    @Told("@Topology.slot@ is \"0s\", expected more than 0. Give a longer time.")
    static class NoSlot {}

    @Topology(slot = "-1s")
    @Told("@Topology.slot@ is \"-1s\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and a"
            + " unit.")
    static class NegativeSlot {}

    @Topology(activeSlotCoefficient = 1.5)
    @Told("@Topology.activeSlotCoefficient@ is 1.5, expected more than 0 and less than 1. Change the number.")
    static class LargeCoefficient {}

    @Topology(activeSlotCoefficient = 0)
    @Told("@Topology.activeSlotCoefficient@ is 0.0, expected more than 0 and less than 1. Change the number.")
    static class NoCoefficient {}

    @Topology(securityParameter = 0)
    @Told("@Topology.securityParameter@ is 0, expected at least 1 block. Change the number.")
    static class NoSecurityParameter {}

    @Topology(customizer = Throwing.class)
    @Told("@Topology.customizer@ is WrongPlanTests.Throwing, expected a class with a constructor without"
            + " parameters that"
            + " returns a topology. It failed with java.lang.IllegalStateException: no file.")
    static class BrokenCustomizer {}

    @Topology(customizer = Unmakeable.class)
    @Told("@Topology.customizer@ is WrongPlanTests.Unmakeable, expected a class with a constructor without parameters"
            + " that returns a topology. It failed with java.lang.NoSuchMethodException:"
            + " org.junitnomos.jupiter.WrongPlanTests$Unmakeable.<init>().")
    static class UnmakeableCustomizer {}

    @Topology(validators = 2)
    @ExpectMetric(metric = "height", node = "validator-2", atMost = 1)
    @Told(
            "@ExpectMetric.node@ is \"validator-2\", expected one of [validator-0, validator-1]. Name one of them, or none"
                    + " for each.")
    static class MetricOfNoNode {}

    @ExpectMetric(metric = "height", over = "soon", atMost = 1)
    @Told(
            "@ExpectMetric.over@ is \"soon\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and"
                    + " a unit.")
    static class MetricOverNoSpan {}

    @Wallets(-3)
    @Told("@Wallets.value@ is -3, expected 0 or more. Change the number.")
    static class NegativeWallets {}

    @Wallets(value = 3, each = 0)
    @Told("@Wallets.each@ is 0, expected at least 1 base unit. Change the number.")
    static class EmptyWallets {}

    @Wallets(
            value = 3,
            known = {true, false})
    @Told("@Wallets.known@ is [true, false], expected at most one value. Keep one of them.")
    static class KnownAndNot {}

    @Transactions(rate = 4)
    @Told("@Wallets is 0, expected at least 1 wallet for workload 'transactions'. Add @Wallets with at least 4.")
    static class NoWallets {}

    @Links(latency = "fast")
    @Told("@Links.latency@ is \"fast\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and a"
            + " unit.")
    static class LatencyWithoutNumber {}

    @Links(jitter = "5 parsecs")
    @Told("@Links.jitter@ is \"5 parsecs\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a"
            + " number and"
            + " a unit.")
    static class JitterWithoutUnit {}

    @Links(lossPerMille = 1000)
    @Told("@Links.lossPerMille@ is 1000, expected 0 to 999. Change the number.")
    static class LosesAll {}

    @ClockSkew(node = "validator-0", ahead = "--1s")
    @Told("@ClockSkew.ahead@ is \"--1s\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a"
            + " number and a"
            + " unit.")
    static class TwoMinuses {}

    @ClockSkew(node = "validator-0", ahead = "1s")
    @ClockSkew(node = "validator-0", ahead = "2s")
    @Told("@ClockSkew.node@ is \"validator-0\" twice, expected one skew for a node. Keep one of them.")
    static class TwoSkews {}

    @RunFor("soon")
    @Told("@RunFor.value@ is \"soon\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and a"
            + " unit.")
    static class RunForSoon {}

    @RunFor("0ms")
    @Told("@RunFor.value@ is \"0ms\", expected more than 0. Give a longer time.")
    static class RunForNothing {}

    @RunFor(cooldown = "1")
    @Told("@RunFor.cooldown@ is \"1\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and a"
            + " unit.")
    static class CooldownWithoutUnit {}

    @RunFor(deadline = "0s")
    @Told("@RunFor.deadline@ is \"0s\", expected more than 0. Give a longer time.")
    static class NoDeadline {}

    @ScenarioOptions(time = {TimeMode.REAL, TimeMode.VIRTUAL})
    @Told("@ScenarioOptions.time@ is [REAL, VIRTUAL], expected at most one value. Keep one of them.")
    static class TwoTimes {}

    @Workload(NeedsSettings.class)
    @Told("@Workload.value@ is WrongPlanTests.NeedsSettings, expected a class that can be created: not abstract, not an"
            + " inner class. It failed with java.lang.NoSuchMethodException: WrongPlanTests.NeedsSettings has no"
            + " constructor without parameters.")
    static class WithoutSettings {}

    @Burst
    @Told("@Workload.value@ is WrongPlanTests.NeedsSettings, expected a class that can be created: not abstract, not an"
            + " inner class. It failed with java.lang.NoSuchMethodException: WrongPlanTests.NeedsSettings has no"
            + " constructor without parameters and none that takes @Burst.")
    static class WrongSettings {}

    @Workload(value = TransactionWorkload.class, by = OneUser.class)
    @Told("@Workload.value@ is TransactionWorkload, expected a class that can be created: not abstract, not an inner"
            + " class. It failed with java.lang.NoSuchMethodException: WrongPlanTests.OneUser has no method"
            + " create(Workload).")
    static class FactoryWithoutCarrier {}

    @Expect(Abstract.class)
    @Told("@Expect.value@ is WrongPlanTests.Abstract, expected a class that can be created: not abstract, not an inner"
            + " class. It failed with java.lang.InstantiationException.")
    static class AbstractExpectation {}

    @Expect(Refusing.class)
    @Told("@Expect.value@ is WrongPlanTests.Refusing, expected settings that it accepts. It failed with"
            + " java.lang.IllegalArgumentException: not on Mondays.")
    static class RefusingExpectation {}

    static final class Throwing implements TopologyCustomizer {
        @Override
        public TopologySpec customize(TopologySpec topology) {
            throw new IllegalStateException("no file");
        }
    }

    record Unmakeable(int number) implements TopologyCustomizer {
        @Override
        public TopologySpec customize(TopologySpec topology) {
            return topology;
        }
    }

    record NeedsSettings(int size) implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) {}
    }

    @Workload(NeedsSettings.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Burst {}

    static final class OneUser implements WorkloadFactory<Transactions> {
        @Override
        public TransactionWorkload create(Transactions annotation) {
            return new TransactionWorkload(annotation.rate(), 1);
        }
    }

    abstract static class Abstract implements Expectation {
        Abstract() {}
    }

    static final class Refusing implements Expectation {
        Refusing() {
            throw new IllegalArgumentException("not on Mondays");
        }

        @Override
        public void evaluate(RunContext run) {}
    }

    static Stream<Named<Class<?>>> wrong() {
        return Arrays.stream(WrongPlanTests.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Told.class))
                .map(type -> Named.of(type.getSimpleName(), type));
    }

    static List<String> problems(Class<?> type) {
        var failure = catchThrowableOfType(
                ExtensionConfigurationException.class, () -> PlanReader.read(null, List.of(type), null));
        return ((ScenarioValidationException) failure.getCause()).problems();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isToldWithPlaceValueExpectationAndFix(Class<?> type) {
        var told = type.getAnnotation(Told.class)
                .value()
                .replace("@ is", " on WrongPlanTests." + type.getSimpleName() + " is");
        assertThat(problems(type)).containsExactly(told);
    }

    @Test
    void coversManyMistakes() {
        assertThat(wrong()).hasSizeGreaterThan(25);
    }

    @Topology(validators = 0, slot = "soon", backend = "kubernets")
    @Wallets(2)
    @RunFor("never")
    @Transactions(rate = 5, users = 9)
    @ExpectHeightConvergence(maxSpread = -1)
    @Expect(TransactionInclusion.class)
    static class ManyAtOnce {}

    @Test
    void allProblemsAreToldAtOnce() {
        var failure = catchThrowableOfType(
                ExtensionConfigurationException.class, () -> PlanReader.read(null, List.of(ManyAtOnce.class), null));
        assertThat(failure.getMessage().lines())
                .hasSize(7)
                .startsWith("Scenario of WrongPlanTests.ManyAtOnce has 6 problems:")
                .anyMatch(line -> line.contains("@Topology.validators on WrongPlanTests.ManyAtOnce is 0"))
                .anyMatch(line -> line.contains("@Topology.slot on WrongPlanTests.ManyAtOnce is \"soon\""))
                .anyMatch(line -> line.contains("@RunFor.value on WrongPlanTests.ManyAtOnce is \"never\""))
                .anyMatch(line -> line.contains("\"kubernets\""))
                .anyMatch(line -> line.contains("@Transactions.users on WrongPlanTests.ManyAtOnce is 9"))
                .anyMatch(
                        line -> line.contains("@ExpectHeightConvergence.maxSpread on WrongPlanTests.ManyAtOnce is -1"));
        assertThat(failure).hasCauseInstanceOf(ScenarioValidationException.class);
    }

    @Transactions(rate = 0)
    static class NoRateAndNoWallets {}

    @Test
    void neverAdvisesNoWallets() {
        assertThat(problems(NoRateAndNoWallets.class))
                .containsExactly(
                        "@Transactions.rate on WrongPlanTests.NoRateAndNoWallets is 0, expected 1 to 249"
                                + " transactions per"
                                + " block. Change the rate.",
                        "@Wallets is 0, expected at least 1 wallet for workload 'transactions'."
                                + " Add @Wallets with at least 1.");
    }

    @RunFor("soon")
    @RandomRestarts(minDelay = "2m", maxDelay = "3m")
    @Told("@RunFor.value@ is \"soon\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S. Write a number and a"
            + " unit.")
    @Topology(validators = 2)
    @ExpectConsensusLiveness
    static class NothingFollowsFromTheDefaultWindow {}

    @Topology(executors = -1)
    @DataAvailability
    @SlowDispersal(at = "10s", duration = "10s")
    @Told("@Topology.executors@ is -1, expected 0 or more. Change the number.")
    static class NothingFollowsFromNoExecutors {}

    @Topology(
            validators = -2,
            stake = {1, 1})
    @Partition(at = "10s", duration = "10s")
    @PausedNode(node = "validator-1", at = "10s", duration = "10s")
    @Told("@Topology.validators@ is -2, expected at least 1 validator. Change the number.")
    static class NothingFollowsFromOneValidator {}

    @Wallets(-1)
    @Transactions
    @HostileTransactions
    @Told("@Wallets.value@ is -1, expected 0 or more. Change the number.")
    static class NothingFollowsFromNoWallets {}

    @RunFor("1s")
    @ExpectConsensusLiveness
    @ExpectInclusion(withinBlocks = 100)
    @Told("@RunFor.value@ is 1 s, expected at least 2 slots of 2 s. Run for at least 4 s.")
    static class ShortWindowIsToldOnce {}

    @Topology(slot = "1d")
    @ExpectConsensusLiveness
    @Told("@Topology.slot@ is 24 h, expected 1 ms to 1 h. Change the slot; the default is 2 s.")
    static class NothingFollowsFromAWrongSlot {}

    @Topology(validators = 3)
    static class OnMethod {
        @RunFor("x")
        void scenario() {}
    }

    @Test
    void namesTheMethodThatIsWrong() throws NoSuchMethodException {
        var failure = catchThrowableOfType(
                ExtensionConfigurationException.class,
                () -> PlanReader.read(
                        null, List.of(OnMethod.class, OnMethod.class.getDeclaredMethod("scenario")), null));
        assertThat(failure).hasMessageContaining("@RunFor.value on WrongPlanTests.OnMethod.scenario() is \"x\"");
    }

    @Test
    void failsTheTestByItsNameWithoutADeploy() {
        var outcome = NomosTestKit.run(WrongInATest.class);
        assertThat(outcome.failureOf("plain()")).hasMessageContaining("@RunFor.value on WrongPlanTests.WrongInATest");
        assertThat(outcome.failureOf("nodes()")).hasMessageContaining("@RunFor.value on WrongPlanTests.WrongInATest");
        assertThat(ScriptedBackends.LOG).isEmpty();
    }

    @Fixtures.Quick
    @RunFor("x")
    static class WrongInATest {
        @Test
        void plain() {}

        @ScenarioTest
        void nodes() {}
    }
}
