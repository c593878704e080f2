package org.junitnomos.expectation;

/**
 * Bounds a number of successes from both sides, when each trial has its own chance (Poisson binomial distribution).
 *
 * <p>Uses plain double arithmetic and {@link StrictMath}, so that the bound is the same on every JDK.
 */
final class BlockCountBound {
    /** Trials up to which the distribution is computed exactly; above, the Chernoff bound is used. */
    static final int EXACT_TRIALS = 5000;

    private BlockCountBound() {}

    /**
     * Returns the largest number {@code b} for which fewer than {@code b} successes have a chance of at most
     * {@code alpha}.
     */
    static int atLeast(double[] chances, double alpha) {
        return chances.length <= EXACT_TRIALS ? exact(chances, alpha) : chernoff(chances, alpha);
    }

    /**
     * Returns the smallest number {@code b} for which more than {@code b} successes have a chance of at most
     * {@code alpha}.
     */
    static int atMost(double[] chances, double alpha) {
        var failures = new double[chances.length];
        for (int i = 0; i < failures.length; i++) {
            failures[i] = 1 - chances[i];
        }
        return chances.length - atLeast(failures, alpha);
    }

    static double mean(double[] chances) {
        double mean = 0;
        for (double chance : chances) {
            mean += chance;
        }
        return mean;
    }

    private static int exact(double[] chances, double alpha) {
        var distribution = new double[chances.length + 1];
        distribution[0] = 1;
        for (int trial = 0; trial < chances.length; trial++) {
            double chance = chances[trial];
            for (int count = trial + 1; count > 0; count--) {
                distribution[count] = distribution[count] * (1 - chance) + distribution[count - 1] * chance;
            }
            distribution[0] *= 1 - chance;
        }
        double below = 0;
        int bound = 0;
        while (bound < chances.length && below + distribution[bound] <= alpha) {
            below += distribution[bound];
            bound++;
        }
        return bound;
    }

    /** P(X &lt;= (1 - d) m) &lt;= exp(-d^2 m / 2): rigorous, and a little lower than the exact bound. */
    private static int chernoff(double[] chances, double alpha) {
        double mean = mean(chances);
        if (mean <= 0) {
            return 0;
        }
        double deviation = StrictMath.sqrt(2 * StrictMath.log(1 / alpha) / mean);
        return deviation >= 1 ? 0 : (int) StrictMath.floor((1 - deviation) * mean);
    }
}
