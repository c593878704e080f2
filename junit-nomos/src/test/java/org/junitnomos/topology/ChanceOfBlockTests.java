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
        // a = 2.302585: a - a^2/2 = -0.348364, and modulo 1 that is 0.651636.
        assertThat(TopologySpec.of(1, 0).chanceOfBlock(1)).isCloseTo(0.651636, within(1e-6));
    }

    @Test
    void growsWithTheNumberOfLeaders() {
        var topology = TopologySpec.of(3, 1);

        assertThat(topology.chanceOfBlock(0)).isZero();
        assertThat(topology.chanceOfBlock(4)).isCloseTo(1 - Math.pow(1 - 0.409962, 4), within(1e-5));
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

        double x = Math.log(2) / 8;
        assertThat(wallets.chanceOfBlock(2)).isCloseTo(1 - Math.pow(1 - (x - x * x / 2), 2), within(1e-9));
    }
}
