package org.junitnomos.scenario;

import java.time.Duration;

/** Computes what a plan should bring. Tolerates wrong plans, because it is asked while they are checked. */
final class Forecast {
    private static final int LEAST_COOLDOWN_BLOCKS = 5;

    private final Scenario scenario;

    Forecast(Scenario scenario) {
        this.scenario = scenario;
    }

    long slots() {
        Duration slot = scenario.topology().consensus().slotDuration();
        Duration window = scenario.runWindow();
        return slot.isZero() || slot.isNegative() || window.isNegative() ? 0 : window.dividedBy(slot);
    }

    /** Chance that a slot has a winner, with every node up: {@code 1 - (1 - f) ^ (leader stake / total stake)}. */
    double chanceOfBlock() {
        var topology = scenario.topology();
        double chance = topology.consensus().chanceOfBlock(topology.leaderShare(topology.size()));
        return chance > 0 && chance < 1 ? chance : 0;
    }

    long blocks() {
        return StrictMath.round(slots() * chanceOfBlock());
    }

    Duration defaultCooldown() {
        double chance = chanceOfBlock();
        if (chance == 0) {
            return Duration.ZERO;
        }
        int blocks = Math.max(LEAST_COOLDOWN_BLOCKS, scenario.topology().consensus().securityParameter());
        long slots = (long) StrictMath.ceil(blocks / chance);
        return multiply(scenario.topology().consensus().slotDuration(), slots);
    }

    private static Duration multiply(Duration duration, long times) {
        try {
            return duration.multipliedBy(times);
        } catch (ArithmeticException e) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }
}
