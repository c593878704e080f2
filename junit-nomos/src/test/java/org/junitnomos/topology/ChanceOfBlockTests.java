package org.junitnomos.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceOfBlockTests {
    @Test
    void isAboutTheExactLotteryForSmallShares() {
        assertThat(ConsensusParameters.DEFAULT.chanceToLead(0.01)).isCloseTo(1 - Math.pow(0.1, 0.01), within(1e-5));
    }

    @Test
    void isClearlyLessForALeaderWithAllTheStake() {
        // 1000 of 1001: a = 2.302585 * 1000 / 1001 = 2.300285, a - a^2/2 = -0.345370, and modulo 1 that is 0.654630.
        assertThat(TopologySpec.of(1, 0).chanceOfBlock()).isCloseTo(0.654630, within(1e-6));
    }

    @Test
    void growsWithTheNumberOfLeaders() {
        var odds = new LeaderOdds(TopologySpec.of(3, 1));

        assertThat(odds.chanceOfBlock(Set.of(), 0)).isZero();
        // 1000 of 4004: a = 0.575071, a - a^2/2 = 0.409718.
        assertThat(odds.chanceOfBlock(0)).isCloseTo(1 - Math.pow(1 - 0.409718, 4), within(1e-5));
        assertThat(odds.chanceOfBlock(Set.of("validator-0", "validator-1", "executor-0"), 0))
                .isCloseTo(1 - Math.pow(1 - 0.409718, 3), within(1e-5));
    }

    @Test
    void followsTheSharesOfTheNodes() {
        var odds = new LeaderOdds(shares(2, 1, 50, 30, 20));

        // Of 3003 units 1500, 900 and 600: with x = 2.302585 v / 3003 each leads with x - x^2/2.
        assertThat(odds.chanceOf(0, 0)).isCloseTo(0.488729, within(1e-6));
        assertThat(odds.chanceOf(1, 0)).isCloseTo(0.451976, within(1e-6));
        assertThat(odds.chanceOf(2, 0)).isCloseTo(0.354231, within(1e-6));
        assertThat(odds.chanceOfBlock(Set.of("validator-1", "executor-0"), 0))
                .isCloseTo(1 - (1 - 0.451976) * (1 - 0.354231), within(1e-6));
        assertThat(odds.chanceOfBlock(0)).isCloseTo(1 - (1 - 0.488729) * (1 - 0.451976) * (1 - 0.354231), within(1e-6));
    }

    @Test
    void isTheSameForEqualSharesAsForNone() {
        var shared = shares(3, 1, 7, 7, 7, 7);

        assertThat(shared.chanceOfBlock()).isCloseTo(TopologySpec.of(3, 1).chanceOfBlock(), within(1e-12));
        assertThat(shared.totalStake()).isEqualTo(TopologySpec.of(3, 1).totalStake());
    }

    @Test
    void losesNoStakeByRounding() {
        var uneven = shares(7, 0, 1, 1, 1, 1, 1, 1, 5);

        // 636.36 units a share, 3181.82 for five: three are left, for the largest rest and the first two of the others.
        assertThat(IntStream.range(0, 7).mapToObj(uneven::leaderStake))
                .containsExactly(637L, 637L, 636L, 636L, 636L, 636L, 3182L);
        assertThat(shares(3, 0, 1, 0, 0).leaderStake(0)).isEqualTo(3000);
        assertThat(shares(3, 0, 1, 0, 0).leaderStake(1)).isZero();
    }

    private static TopologySpec shares(int validators, int executors, Integer... stake) {
        var equal = TopologySpec.of(validators, executors);
        return new TopologySpec(
                validators,
                executors,
                equal.layout(),
                equal.consensus(),
                equal.wallets(),
                equal.links(),
                equal.clockSkews(),
                List.of(stake),
                "",
                false);
    }

    @Test
    void isLoweredByStakeThatDoesNotLead() {
        var wallets = new TopologySpec(
                2,
                0,
                NetworkLayout.STAR,
                new ConsensusParameters(Duration.ofSeconds(1), new java.math.BigDecimal("0.5"), 10),
                new WalletSpec(60, 100),
                LinkSpec.DEFAULT,
                Map.of());

        double x = Math.log(2) * 1000 / 8002;
        assertThat(wallets.chanceOfBlock()).isCloseTo(1 - Math.pow(1 - (x - x * x / 2), 2), within(1e-9));
    }
}
