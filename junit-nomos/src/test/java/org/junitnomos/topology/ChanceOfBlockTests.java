package org.junitnomos.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChanceOfBlockTests {
    @Test
    void isAboutTheExactLotteryForSmallShares() {
        assertThat(ConsensusParameters.DEFAULT.chanceToLead(0.01)).isCloseTo(1 - Math.pow(0.1, 0.01), within(1e-5));
    }

    @Test
    void isClearlyLessForALeaderWithAllTheStake() {
        // 1000 of 1001: a = 2.302585 * 1000 / 1001 = 2.300285, a - a^2/2 = -0.345370, and modulo 1 that is 0.654630.
        assertThat(TopologySpec.of(1, 0).chanceOfBlock(1)).isCloseTo(0.654630, within(1e-6));
    }

    @Test
    void growsWithTheNumberOfLeaders() {
        var topology = TopologySpec.of(3, 1);

        assertThat(topology.chanceOfBlock(0)).isZero();
        // 1000 of 4004: a = 0.575071, a - a^2/2 = 0.409718.
        assertThat(topology.chanceOfBlock(4)).isCloseTo(1 - Math.pow(1 - 0.409718, 4), within(1e-5));
        assertThat(topology.chanceOfBlock(3)).isLessThan(topology.chanceOfBlock(4));
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
        assertThat(wallets.chanceOfBlock(2)).isCloseTo(1 - Math.pow(1 - (x - x * x / 2), 2), within(1e-9));
    }
}
