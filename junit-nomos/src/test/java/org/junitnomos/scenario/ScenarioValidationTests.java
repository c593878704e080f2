package org.junitnomos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRule;

@ExtendWith(DeclaredBackends.class)
class ScenarioValidationTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A wrong plan: what is changed in a sound one, and the problems it has then. */
    record Wrong(String what, UnaryOperator<ScenarioBuilder> change, List<String> problems) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static ScenarioBuilder sound() {
        return Scenario.builder().name("steady state").backend("scripted").validators(3);
    }

    private static Wrong wrong(String what, UnaryOperator<ScenarioBuilder> change, String... problems) {
        return new Wrong(what, change, List.of(problems));
    }

    @ParameterizedTest
    @MethodSource({"wrongNodes", "wrongConsensus", "wrongWallets", "wrongLinks", "wrongTimes", "wrongParts"})
    void refusesAWrongPlanWithEveryProblem(Wrong wrong) {
        var text = new StringBuilder("Scenario 'steady state' has ")
                .append(wrong.problems().size())
                .append(wrong.problems().size() == 1 ? " problem:" : " problems:");
        for (int i = 0; i < wrong.problems().size(); i++) {
            text.append("\n  (" + (i + 1) + ") " + wrong.problems().get(i));
        }
        var builder = wrong.change().apply(sound());

        assertThatThrownBy(builder::build)
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessage(text.toString());
    }

    @Test
    void acceptsASoundPlan() {
        assertThat(sound().build().problems()).isEmpty();
    }

    @Test
    void numbersEveryProblemOfOnePlan() {
        var builder = sound().validators(0).wallets(-1).runFor(Duration.ZERO).cooldown(SECOND.negated());

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(ScenarioValidationException.class, e -> {
                    assertThat(e.plan()).isEqualTo("Scenario 'steady state'");
                    assertThat(e.problems()).hasSize(4);
                })
                .hasMessageStartingWith("Scenario 'steady state' has 4 problems:\n  (1) topology is ")
                .hasMessageContaining("\n  (4) cooldown is -1 s, ");
    }

    @Test
    void namesTheScenarioInTheFailure() {
        var builder = Scenario.builder().name(" ").backend("scripted");

        assertThatThrownBy(builder::build)
                .hasMessage("Scenario ' ' has 1 problem:\n  (1) name is \" \", expected a name that is not"
                        + " blank. Name the scenario.");
    }

    @Test
    void tellsTheProblemsOfAPlanThatNoBuilderMade() {
        var plan = sound().build();
        var none = ObservabilitySpec.NONE;
        var window = new ScenarioValues(
                        "w", plan.topology(), plan.backend(), null, List.of(), List.of(), SECOND, null, null, none)
                .unchecked();

        assertThat(window.problems())
                .containsExactly("runFor is 1 s, expected at least 2 slots of 2 s. Run for at least 4 s.");
    }

    @Test
    void listsTheBackendsThatAreThere() {
        var builder = sound().backend("docker");

        assertThatThrownBy(builder::build)
                .hasMessage("Scenario 'steady state' has 1 problem:\n  (1) backend is \"docker\", expected one of "
                        + Backends.all().stream().map(Deployer::backend).toList()
                        + ". Name one of them, or add the module that provides it to the class path.")
                .hasMessageContaining("scripted, scripted-plain");
    }

    static Stream<Wrong> wrongNodes() {
        return Stream.of(
                wrong(
                        "no node",
                        plan -> plan.validators(0),
                        "topology is validators = 0, executors = 0, expected at least 1 node. Declare a validator or an"
                                + " executor."),
                wrong(
                        "negative validators",
                        plan -> plan.validators(-1),
                        "validators is -1, expected 0 or more. Declare how many validators run."),
                wrong(
                        "negative executors",
                        plan -> plan.executors(-2),
                        "executors is -2, expected 0 or more. Declare how many executors run."),
                wrong(
                        "both negative",
                        plan -> plan.validators(-1).executors(-1),
                        "validators is -1, expected 0 or more. Declare how many validators run.",
                        "executors is -1, expected 0 or more. Declare how many executors run."),
                wrong(
                        "too many nodes",
                        plan -> plan.validators(200).executors(56),
                        "topology is validators = 200, executors = 56, expected at most 127 nodes, because each has 2"
                                + " of the 255 operations of a genesis transaction. Declare fewer nodes."),
                wrong(
                        "nodes that overflow an int",
                        plan -> plan.validators(Integer.MAX_VALUE).executors(Integer.MAX_VALUE),
                        "topology is validators = 2147483647, executors = 2147483647, expected at most 127 nodes,"
                                + " because each has 2 of the 255 operations of a genesis transaction. Declare fewer"
                                + " nodes."),
                wrong(
                        "unknown layout",
                        plan -> plan.layout("ring"),
                        "layout is \"ring\", expected star, chain or full. Choose one of them."),
                wrong(
                        "skew of an unknown node",
                        plan -> plan.clockSkew("validator-9", SECOND),
                        "clockSkew is \"validator-9\", expected one of [validator-0, validator-1, validator-2]."
                                + " Name a node of the topology."),
                wrong(
                        "skew too large",
                        plan -> plan.clockSkew("validator-1", Duration.ofHours(-25)),
                        "clockSkew is -25 h for validator-1, expected at most 1 day ahead or behind. Use a"
                                + " smaller skew."),
                wrong(
                        "skew on a backend without",
                        plan -> plan.backend("scripted-plain").clockSkew("validator-1", SECOND),
                        "clockSkew is [validator-1], expected a backend with clock skew: backend 'scripted-plain' has"
                                + " no capability. Remove the clock skews, or choose another backend."));
    }

    static Stream<Wrong> wrongConsensus() {
        return Stream.of(
                wrong(
                        "slot of zero",
                        plan -> plan.slot(Duration.ZERO),
                        "slot is 0 s, expected 1 ms to 1 h. Change the slot; the default is 2 s."),
                wrong(
                        "negative slot",
                        plan -> plan.slot(SECOND.negated()),
                        "slot is -1 s, expected 1 ms to 1 h. Change the slot; the default is 2 s."),
                wrong(
                        "slot too short",
                        plan -> plan.slot(Duration.ofNanos(999_000)),
                        "slot is 999 us, expected 1 ms to 1 h. Change the slot; the default is 2 s."),
                wrong(
                        "slot too long",
                        plan -> plan.slot(Duration.ofHours(2)),
                        "slot is 2 h, expected 1 ms to 1 h. Change the slot; the default is 2 s."),
                wrong(
                        "f of zero",
                        plan -> plan.activeSlotCoefficient(BigDecimal.ZERO),
                        "activeSlotCoefficient is 0, expected a chance between 0 and 1, both excluded. Change"
                                + " it; the default is 0.9."),
                wrong(
                        "f of one",
                        plan -> plan.activeSlotCoefficient("1.0"),
                        "activeSlotCoefficient is 1, expected a chance between 0 and 1, both excluded. Change"
                                + " it; the default is 0.9."),
                wrong(
                        "negative f",
                        plan -> plan.activeSlotCoefficient("-0.5"),
                        "activeSlotCoefficient is -0.5, expected a chance between 0 and 1, both excluded."
                                + " Change it; the default is 0.9."),
                wrong(
                        "f that is no number",
                        plan -> plan.activeSlotCoefficient("90%"),
                        "activeSlotCoefficient is \"90%\", expected a decimal number. Write it like \"0.9\"."),
                wrong(
                        "k of zero",
                        plan -> plan.securityParameter(0),
                        "securityParameter is 0, expected 1 to 1000000 blocks. Change it; the default is" + " 10."),
                wrong(
                        "k too large",
                        plan -> plan.securityParameter(1_000_001),
                        "securityParameter is 1000001, expected 1 to 1000000 blocks. Change it; the default"
                                + " is 10."),
                wrong(
                        "a chain without blocks",
                        plan -> plan.validators(1).wallets(100).walletValue(1_000_000_000),
                        "runFor is 1 min, expected a run window in which at least 1 block is expected: a slot has"
                                + " a winner with chance 0. Run longer, raise the active slot coefficient, or give the"
                                + " wallets less stake."));
    }

    static Stream<Wrong> wrongWallets() {
        return Stream.of(
                wrong(
                        "negative wallets",
                        plan -> plan.wallets(-5),
                        "wallets is -5, expected 0 or more wallets. Declare how many wallets genesis funds."),
                wrong(
                        "too many wallets",
                        plan -> plan.wallets(100_001),
                        "wallets is 100001, expected at most 100000 wallets. Declare fewer."),
                wrong(
                        "wallets worth nothing",
                        plan -> plan.wallets(5).walletValue(0),
                        "walletValue is 0, expected at least 1 base unit. Give every wallet something."),
                wrong(
                        "negative wallet value",
                        plan -> plan.wallets(5).walletValue(-100),
                        "walletValue is -100, expected at least 1 base unit. Give every wallet something."),
                wrong(
                        "funds that overflow",
                        plan -> plan.wallets(2).walletValue(Long.MAX_VALUE / 2 + 1),
                        "walletValue is 4611686018427387904, expected funds that add up to less than 2^63 base units,"
                                + " but 2 wallets and 3 nodes add up to 9223372036854778811. Give each wallet less."));
    }

    static Stream<Wrong> wrongLinks() {
        var second = Duration.ofSeconds(1);
        return Stream.of(
                wrong(
                        "negative latency",
                        plan -> plan.links(new LinkSpec(second.negated(), second, 0)),
                        "links.latency is -1 s, expected 0 s to 1 h. Change the link."),
                wrong(
                        "latency too long",
                        plan -> plan.links(new LinkSpec(Duration.ofMinutes(90), second, 0)),
                        "links.latency is 1.5 h, expected 0 s to 1 h. Change the link."),
                wrong(
                        "negative jitter",
                        plan -> plan.links(new LinkSpec(second, second.negated(), 0)),
                        "links.jitter is -1 s, expected 0 s to 1 h. Change the link."),
                wrong(
                        "certain loss",
                        plan -> plan.links(new LinkSpec(second, second, 1000)),
                        "links.lossPerMille is 1000, expected 0 to 999 thousandths. Lower it; to cut a link use a"
                                + " partition."),
                wrong(
                        "negative loss",
                        plan -> plan.links(new LinkSpec(second, second, -1)),
                        "links.lossPerMille is -1, expected 0 to 999 thousandths. Lower it; to cut a link use a"
                                + " partition."),
                wrong(
                        "negative bandwidth",
                        plan -> plan.links(LinkSpec.DEFAULT.withBandwidth(-1)),
                        "links.bandwidth is -1, expected 0 or more bytes per second. Use 0 for as many as there are."),
                wrong(
                        "narrow links on a backend without",
                        plan -> plan.backend("scripted-plain").links(LinkSpec.DEFAULT.withBandwidth(900)),
                        "links.bandwidth is 900, expected a backend with bandwidth: backend 'scripted-plain' has no"
                                + " capability. Remove the bandwidth, or choose another backend."),
                wrong(
                        "kinder nodes on a backend without",
                        plan -> plan.backend("scripted-plain").withoutRules(NodeRule.BLOCK_SIZE),
                        "withoutRules is [BLOCK_SIZE], expected a backend with kinder nodes: backend 'scripted-plain'"
                                + " has no capability. Let the nodes obey all rules, as real ones do."),
                wrong(
                        "links on a backend without",
                        plan -> plan.backend("scripted-plain").links(new LinkSpec(second, second, 5)),
                        "links is set, expected a backend with link quality: backend 'scripted-plain' has no"
                                + " capability. Remove the link settings, or choose another backend."));
    }

    static Stream<Wrong> wrongTimes() {
        return Stream.of(
                wrong(
                        "no run window",
                        plan -> plan.runFor(Duration.ZERO),
                        "runFor is 0 s, expected a positive duration. Run for at least two slots."),
                wrong(
                        "negative run window",
                        plan -> plan.runFor(Duration.ofMinutes(-1)),
                        "runFor is -1 min, expected a positive duration. Run for at least two slots."),
                wrong(
                        "run window under two slots",
                        plan -> plan.slot(Duration.ofSeconds(5)).runFor(Duration.ofSeconds(9)),
                        "runFor is 9 s, expected at least 2 slots of 5 s. Run for at least 10 s."),
                wrong(
                        "run window over a year",
                        plan -> plan.runFor(Duration.ofDays(366)),
                        "runFor is 8784 h, expected at most 365 days. Run for a shorter time."),
                wrong(
                        "negative cooldown",
                        plan -> plan.cooldown(Duration.ofMillis(-1)),
                        "cooldown is -1 ms, expected 0 s or more. Remove it for the default."),
                wrong(
                        "cooldown over a year",
                        plan -> plan.cooldown(Duration.ofDays(400)),
                        "cooldown is 9600 h, expected at most 365 days. Cool down for a shorter time."),
                wrong(
                        "no deadline",
                        plan -> plan.deadline(Duration.ZERO),
                        "deadline is 0 s, expected a positive duration. Remove it for the default."),
                wrong(
                        "deadline too short in real time",
                        plan -> plan.time(TimeMode.REAL)
                                .cooldown(Duration.ofSeconds(20))
                                .deadline(Duration.ofSeconds(79)),
                        "deadline is 1.317 min, expected at least the run window of 1 min and the cooldown of"
                                + " 20 s, which pass in real time. Raise the deadline or shorten the run window."),
                wrong(
                        "virtual time on a backend without",
                        plan -> plan.backend("scripted-plain").time(TimeMode.VIRTUAL),
                        "time is virtual, expected a backend with virtual time: backend 'scripted-plain' has"
                                + " no capability. Use real time, or the embedded backend."));
    }

    static Stream<Wrong> wrongParts() {
        return Stream.of(
                wrong(
                        "two expectations of a name",
                        plan -> plan.expect(Expectation.that("growth", run -> {}))
                                .expect(Expectation.that("growth", run -> {})),
                        "expectation 'growth' is declared twice, expected one expectation of a name. Remove one, or"
                                + " give"
                                + " it another name."),
                wrong(
                        "expectation with a blank name",
                        plan -> plan.expect(Expectation.that(" ", run -> {})),
                        "the name of expectation org.junitnomos.scenario.LambdaExpectation is \" \", expected"
                                + " lower-case"
                                + " words. Return a name that is not blank."),
                wrong(
                        "workload without a name",
                        plan -> plan.workload(new Fixed(null, List.of(), null)),
                        "the name of workload org.junitnomos.scenario.ScenarioValidationTests$Fixed is null, expected"
                                + " lower-case words. Return a name that is not blank."),
                wrong(
                        "workload that the backend cannot carry",
                        plan -> plan.backend("scripted-plain")
                                .workload(new Fixed("restarts", List.of(Capability.NODE_CONTROL), null)),
                        "workload 'restarts' is not possible on backend 'scripted-plain', expected a backend with node"
                                + " control: backend 'scripted-plain' has no capability. Remove it or choose another"
                                + " backend."),
                wrong(
                        "expectation that the backend cannot carry",
                        plan -> plan.backend("scripted-plain").expect(new Cut()),
                        "expectation 'cut' is not possible on backend 'scripted-plain', expected a backend with"
                                + " partition: backend 'scripted-plain' has no capability. Remove it or choose another"
                                + " backend."),
                wrong(
                        "workload whose settings are wrong",
                        plan -> plan.workload(
                                new Fixed("blobs", List.of(), new String[] {"executors", "0", "1", "Add one"})),
                        "blobs: executors is 0, expected 1. Add one."),
                wrong(
                        "workload whose check fails",
                        plan -> plan.workload(new Fixed("broken", List.of(), new String[0])),
                        "the check of workload 'broken' is failing with java.lang.ArrayIndexOutOfBoundsException:"
                                + " Index 0"
                                + " out of bounds for length 0, expected problems, not exceptions. Repair"
                                + " validate()."));
    }

    /** A workload whose name, needs and problem are given. */
    record Fixed(String name, List<Capability> requires, String[] problem) implements WorkloadGenerator {
        @Override
        public void validate(Scenario scenario, Problems problems) {
            if (problem != null) {
                problems.add(problem[0], problem[1], problem[2], problem[3]);
            }
        }

        @Override
        public void drive(RunContext run) {}
    }

    /** An expectation that needs partitions. */
    record Cut() implements Expectation {
        @Override
        public List<Capability> requires() {
            return List.of(Capability.PARTITION);
        }

        @Override
        public void evaluate(RunContext run) {}
    }
}
