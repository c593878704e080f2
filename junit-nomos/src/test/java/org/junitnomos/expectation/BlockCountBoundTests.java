package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockCountBoundTests {
    @Test
    void isTheQuantileOfABinomialDistribution() {
        // Binomial(10, 0.5): P(X < 1) = 1/1024, P(X < 2) = 11/1024.
        assertThat(BlockCountBound.atLeast(filled(10, 0.5), 0.001)).isEqualTo(1);
        assertThat(BlockCountBound.atLeast(filled(10, 0.5), 0.0109)).isEqualTo(2);
        assertThat(BlockCountBound.atLeast(filled(10, 0.5), 0.0009)).isZero();
    }

    @Test
    void countsTrialsOfChanceOneAsCertain() {
        assertThat(BlockCountBound.atLeast(filled(7, 1), 1e-9)).isEqualTo(7);
    }

    @Test
    void claimsNothingOfTrialsWithoutAChance() {
        assertThat(BlockCountBound.atLeast(filled(100, 0), 1e-9)).isZero();
        assertThat(BlockCountBound.atLeast(new double[0], 1e-9)).isZero();
    }

    @Test
    void mixesTrialsOfDifferentChances() {
        var chances = filled(20, 0.9);
        Arrays.fill(chances, 10, 20, 0);
        assertThat(BlockCountBound.atLeast(chances, 1e-6)).isEqualTo(BlockCountBound.atLeast(filled(10, 0.9), 1e-6));
        assertThat(BlockCountBound.mean(chances)).isCloseTo(9, within(1e-9));
    }

    @Test
    void staysBelowTheExactBoundForManyTrials() {
        int exact = BlockCountBound.atLeast(filled(BlockCountBound.EXACT_TRIALS, 0.5), 1e-6);
        int approximate = BlockCountBound.atLeast(filled(BlockCountBound.EXACT_TRIALS + 1, 0.5), 1e-6);
        assertThat(approximate).isLessThanOrEqualTo(exact).isGreaterThan(exact - 150);
    }

    @Test
    void isUndercutAboutAsOftenAsStated() {
        var random = new Random(4711);
        int bound = BlockCountBound.atLeast(filled(30, 0.58), 0.01);
        int undercut = 0;
        for (int run = 0; run < 20_000; run++) {
            int blocks = 0;
            for (int slot = 0; slot < 30; slot++) {
                blocks += random.nextDouble() < 0.58 ? 1 : 0;
            }
            undercut += blocks < bound ? 1 : 0;
        }
        assertThat(undercut).isBetween(20, 200);
    }

    private static double[] filled(int trials, double chance) {
        var chances = new double[trials];
        Arrays.fill(chances, chance);
        return chances;
    }
}
