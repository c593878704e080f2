package org.junitnomos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

@ExtendWith(DeclaredBackends.class)
class ScenarioTests {
    private static final LinkSpec SLOW = new LinkSpec(Duration.ofMillis(200), Duration.ofMillis(50), 3);

    private static ScenarioBuilder full() {
        return Scenario.builder()
                .name("everything")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .slot(Duration.ofSeconds(1))
                .activeSlotCoefficient("0.5")
                .securityParameter(4)
                .wallets(10)
                .walletValue(400)
                .links(SLOW)
                .clockSkew("validator-1", Duration.ofSeconds(-3))
                .backend("scripted")
                .time(TimeMode.VIRTUAL)
                .workload(new Sender(7))
                .expect(Expectation.that("growth", run -> {}))
                .runFor(Duration.ofMinutes(10))
                .cooldown(Duration.ofSeconds(30))
                .deadline(Duration.ofMinutes(2));
    }

    @Nested
    class Built {
        @Test
        void holdsWhatTheBuilderWasTold() {
            var plan = full().build();

            assertThat(plan.name()).isEqualTo("everything");
            assertThat(plan.topology().validators()).isEqualTo(3);
            assertThat(plan.topology().executors()).isEqualTo(1);
            assertThat(plan.topology().layout()).isEqualTo(NetworkLayout.FULL);
            assertThat(plan.topology().consensus())
                    .isEqualTo(new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.5"), 4));
            assertThat(plan.topology().wallets()).isEqualTo(new WalletSpec(10, 400));
            assertThat(plan.topology().links()).isEqualTo(SLOW);
            assertThat(plan.topology().clockSkews()).containsOnlyKeys("validator-1");
            assertThat(plan.backend()).isEqualTo("scripted");
            assertThat(plan.time()).isEqualTo(TimeMode.VIRTUAL);
            assertThat(plan.workloads()).containsExactly(new Sender(7));
            assertThat(plan.expectations()).extracting(Expectation::name).containsExactly("growth");
            assertThat(plan.runWindow()).isEqualTo(Duration.ofMinutes(10));
            assertThat(plan.cooldown()).isEqualTo(Duration.ofSeconds(30));
            assertThat(plan.deadline()).isEqualTo(Duration.ofMinutes(2));
        }

        @Test
        void isEqualToWhatItsBuilderBuilds() {
            var plan = full().build();

            assertThat(plan.toBuilder().build()).isEqualTo(plan);
        }

        @Test
        void isNotTouchedByALaterUseOfItsBuilder() {
            var builder = full();
            var plan = builder.build();

            builder.workload(new Sender(8)).clockSkew("validator-2", Duration.ofSeconds(1));

            assertThat(plan.workloads()).hasSize(1);
            assertThat(plan.topology().clockSkews()).hasSize(1);
        }

        @Test
        void takesALayoutByNameInAnyCase() {
            assertThat(full().layout(" Chain ").build().topology().layout()).isEqualTo(NetworkLayout.CHAIN);
        }

        @Test
        void forgetsAnUnreadableTextThatIsCorrected() {
            assertThat(full().layout("ring").layout("full").build().topology().layout())
                    .isEqualTo(NetworkLayout.FULL);
        }

        @Test
        void replacesTheWholeTopologyAndTheParts() {
            var plan = full().topology(TopologySpec.of(2, 0))
                    .workloads(List.of())
                    .expectations(List.of())
                    .build();

            assertThat(plan.topology()).isEqualTo(TopologySpec.of(2, 0));
            assertThat(plan.workloads()).isEmpty();
            assertThat(plan.expectations()).isEmpty();
        }

        @Test
        void takesAClockSkewOfZeroBack() {
            var plan = full().clockSkew("validator-1", Duration.ZERO).build();

            assertThat(plan.topology().clockSkews()).isEmpty();
        }
    }

    @Nested
    class Forecasts {
        @Test
        void expectsABlockForEverySlotThatSomeLeaderWins() {
            var plan = Scenario.builder()
                    .backend("scripted")
                    .validators(4)
                    .runFor(Duration.ofMinutes(10))
                    .build();

            assertThat(plan.slots()).isEqualTo(300);
            assertThat(plan.expectedBlocks()).isEqualTo(264);
        }

        @Test
        void countsTheStakeOfWalletsAsStakeWithoutALeader() {
            var plan = Scenario.builder()
                    .backend("scripted")
                    .validators(3)
                    .executors(1)
                    .wallets(50)
                    .runFor(Duration.ofMinutes(10))
                    .build();

            // one leader with 1000 of 9000 wins with chance 0.223112; 300 x (1 - 0.776888^4) = 300 x 0.635727
            assertThat(plan.expectedBlocks()).isEqualTo(191);
        }

        @Test
        void coolsDownForTheTimeOfKBlocks() {
            var plan = Scenario.builder().backend("scripted").build();

            // 10 blocks / 0.651636 = 15.3, so 16 slots
            assertThat(plan.cooldownTime()).isEqualTo(Duration.ofSeconds(32));
        }

        @Test
        void coolsDownForFiveBlocksWhenKIsSmaller() {
            var plan =
                    Scenario.builder().backend("scripted").securityParameter(1).build();

            // 5 blocks / 0.651636 = 7.7, so 8 slots
            assertThat(plan.cooldownTime()).isEqualTo(Duration.ofSeconds(16));
        }

        @Test
        void addsUpWhatTheWorkloadsPlan() {
            assertThat(full().workload(new Sender(5)).build().plannedTransactions())
                    .isEqualTo(12);
        }

        @Test
        void takesTheTimeOfTheBackendUnlessOneIsSet() {
            var plan = Scenario.builder().backend("scripted").build();

            assertThat(plan.timeMode()).isEqualTo(TimeMode.VIRTUAL);
            assertThat(plan.toBuilder().backend("scripted-plain").build().timeMode())
                    .isEqualTo(TimeMode.REAL);
            assertThat(plan.toBuilder().time(TimeMode.REAL).build().timeMode()).isEqualTo(TimeMode.REAL);
        }
    }

    @Test
    void printsThePlanAndWhatItShouldBring() {
        assertThat(full().build().print())
                .containsExactly(
                        "scenario: everything, backend scripted, virtual time",
                        "nodes: 4 (validator-0, validator-1, validator-2, executor-0)",
                        "layout: full, links of 200 ms + up to 50 ms jitter, 3 of 1000 lost",
                        "clock skew: validator-1 is 3 s behind",
                        "consensus: slot 1 s, f 0.5, k 4",
                        "wallets: 10 with 400 base units each",
                        "run window: 10 min = 600 slots, cooldown 30 s",
                        "expected blocks: 175 = 600 slots x 0.292444, the chance of a winner with f 0.5 and 4000 of 8004 stake"
                                + " leading",
                        "workload: sender, plans 7 transactions (count 7)",
                        "expectation: growth",
                        "planned transactions: 7",
                        "expected wall time: about 1.76 s",
                        "expected memory: about 36 MB");
    }

    @Test
    void printsRealTimeAsTheTimeThatPassesOnTheWall() {
        var plan = full().time(TimeMode.REAL).deadline(null).build();

        assertThat(plan.print()).contains("expected wall time: about 10.633 min");
    }

    /** A workload that plans a number of transactions. */
    record Sender(int count) implements WorkloadGenerator {
        @Override
        public long plannedTransactions(Scenario scenario) {
            return count;
        }

        @Override
        public void drive(RunContext run) {}
    }
}
