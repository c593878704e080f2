package org.junitnomos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.testkit.DeclaredBackends;
import org.junitnomos.workload.TransactionWorkload;

@ExtendWith(DeclaredBackends.class)
class StakeTests {
    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("stake")
                .backend("scripted")
                .validators(2)
                .executors(1);
    }

    private static ScenarioBuilder knownWallets() {
        return plan().executors(0).wallets(50).walletsKnown(true);
    }

    private static void refuses(ScenarioBuilder builder, String problem) {
        assertThatThrownBy(builder::build).hasMessage("Scenario 'stake' has 1 problem:\n  (1) " + problem);
    }

    @Test
    void isPrintedWithTheChanceOfEachNode() {
        var lines = plan().stake(50, 30, 20).build().print();

        assertThat(lines)
                .contains(
                        "stake: validator-0 1500 (leads 0.488729 of the slots), validator-1 900 (leads 0.451976 of the"
                                + " slots), executor-0 600 (leads 0.354231 of the slots)",
                        "expected blocks: 25 = 30 slots x 0.819063, the chance of a winner with f 0.9 and 3000 of 3003"
                                + " stake leading");
    }

    @Test
    void isNotPrintedWhereItIsEqual() {
        assertThat(plan().build().print()).noneMatch(line -> line.startsWith("stake"));
    }

    @Test
    void isKeptByTheBuilderOfAPlan() {
        var shared = plan().stake(5, 0, 5).build();

        assertThat(shared.toBuilder().build()).isEqualTo(shared).isNotEqualTo(plan().build());
        assertThat(shared.toBuilder().stake().build()).isEqualTo(plan().build());
    }

    @Test
    void ofKnownWalletsLeadsAsWell() {
        var plan = knownWallets().build();

        // 100 of 7002 a wallet: x = 0.032885 leads with x - x^2/2 = 0.032344; a node loses with 0.711 * 0.967656^50.
        assertThat(plan.chanceOfBlock()).isCloseTo(0.981, within(0.002));
        assertThat(plan.toBuilder().walletsKnown(false).build().chanceOfBlock()).isCloseTo(0.475, within(0.003));
        assertThat(plan.print())
                .contains("wallets: 50 with 100 base units each, known to every node, which leads with their notes")
                .anyMatch(line -> line.startsWith("expected blocks: 29 = 30 slots x 0.98")
                        && line.endsWith(" and 7000 of 7002 stake leading"));
    }

    @Test
    void ofKnownWalletsDoesNotLeadOnceTheyAreSpent() {
        var plan = knownWallets().runFor(Duration.ofHours(1)).build();

        var all = plan.toBuilder().workload(new TransactionWorkload(10, 50)).build();
        var some = plan.toBuilder().workload(new TransactionWorkload(10, 25)).build();

        assertThat(all.chanceOfBlock()).isCloseTo(0.475, within(0.005));
        assertThat(some.chanceOfBlock()).isBetween(0.75, plan.chanceOfBlock() - 0.02);
        // Who comes back to a wallet after more than two epochs of 110 slots lets it lead meanwhile.
        var slow = plan.toBuilder()
                .wallets(1_000)
                .walletValue(5)
                .workload(new TransactionWorkload(1, 1_000))
                .build();
        assertThat(slow.chanceOfBlock()).isBetween(0.9, 0.98);
    }

    @Test
    void needsOneShareForEachNode() {
        refuses(
                plan().stake(50, 50),
                "stake is [50, 50], expected one share for each of the 3 nodes [validator-0, validator-1, executor-0]."
                        + " Write 3 shares in this order, or remove them for equal stake.");
        refuses(
                plan().executors(0).validators(1).stake(1, 2),
                "stake is [1, 2], expected one share for each of the 1 node [validator-0]. Write 1 share in this order,"
                        + " or remove them for equal stake.");
    }

    @Test
    void refusesSharesThatMeanNothing() {
        refuses(
                plan().stake(50, -1, 20),
                "stake is -1 for validator-1, expected a share of 0 or more. Write 0 for a node that never leads.");
        refuses(
                plan().stake(1, 1_000_000, 1_000_000),
                "stake is 1 for validator-0, expected 0, or a share that is worth at least 1 of 3000 base units. Raise"
                        + " it, or lower the others.");
    }

    @Test
    void refusesAClusterThatNobodyLeads() {
        assertThatThrownBy(plan().stake(0, 0, 0)::build)
                .hasMessageContaining("stake is [0, 0, 0], expected a share above 0 for some node. Nobody could ever"
                        + " lead: raise one.");
    }
}
