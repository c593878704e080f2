package org.junitnomos.scenario;

import java.math.BigInteger;
import java.time.Duration;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.TopologySpec;

/** Computes what a plan should bring. Tolerates wrong plans, because it is asked while they are checked. */
final class Forecast {
    private static final int LEAST_COOLDOWN_BLOCKS = 5;
    private static final Duration START = Duration.ofSeconds(1);
    private static final Duration START_OF_NODE = Duration.ofSeconds(2);
    private static final long MICROS_PER_SLOT = 300;
    private static final long MICROS_PER_TRANSACTION = 150;
    private static final long MEGABYTES_OF_HARNESS = 32;
    private static final long KILOBYTES_PER_NODE = 512;
    private static final long KILOBYTES_PER_BLOCK = 4;
    private static final long KILOBYTES_PER_TRANSACTION = 2;

    private final Scenario scenario;

    Forecast(Scenario scenario) {
        this.scenario = scenario;
    }

    long slots() {
        Duration slot = scenario.topology().consensus().slotDuration();
        Duration window = scenario.runWindow();
        return slot.isZero() || slot.isNegative() || window.isNegative() ? 0 : window.dividedBy(slot);
    }

    /** Chance that a slot of the run window has a winner, with every node up: the mean of all slots. */
    double chanceOfBlock() {
        long slots = slots();
        return slots == 0
                ? sane(scenario.topology().chanceOfBlock())
                : sane(new BlockForecast(scenario, slots).blocks() / slots);
    }

    private static double sane(double chance) {
        return chance > 0 ? Math.min(1, chance) : 0;
    }

    long blocks() {
        return StrictMath.round(slots() * chanceOfBlock());
    }

    Duration defaultCooldown() {
        double chance = sane(new BlockForecast(scenario, slots()).last());
        if (chance == 0) {
            return Duration.ZERO;
        }
        int blocks =
                Math.max(LEAST_COOLDOWN_BLOCKS, scenario.topology().consensus().securityParameter());
        long slots = (long) StrictMath.ceil(blocks / chance);
        return multiply(scenario.topology().consensus().slotDuration(), slots);
    }

    /** What leads when the run begins, in base units; notes of wallets count once, on however many nodes. */
    BigInteger leadingStake() {
        var topology = scenario.topology();
        return BigInteger.valueOf(topology.wallets().valueEach())
                .multiply(BigInteger.valueOf(new LeaderOdds(topology).leadingWallets()))
                .add(BigInteger.valueOf(topology.size() * TopologySpec.LEADER_STAKE));
    }

    /**
     * Estimates how long a run takes on the wall. Real time: run window, cooldown and the start of the nodes. Virtual
     * time: what the nodes compute, as the number of slots, blocks and transactions that each node handles.
     */
    Duration wallTime() {
        long nodes = scenario.topology().size();
        if (scenario.timeMode() == TimeMode.REAL) {
            return scenario.runWindow().plus(scenario.cooldownTime()).plus(START_OF_NODE.multipliedBy(nodes));
        }
        Duration whole = scenario.runWindow().plus(scenario.cooldownTime());
        long slots = whole.dividedBy(scenario.topology().consensus().slotDuration());
        long micros = nodes * (slots * MICROS_PER_SLOT + scenario.plannedTransactions() * MICROS_PER_TRANSACTION);
        return START.plusMillis(micros / 1000);
    }

    /** Estimates the heap that a run of embedded nodes takes: a base, and what each node keeps of blocks and load. */
    long memoryMegabytes() {
        long nodes = scenario.topology().size();
        long kilobytes = nodes
                * (KILOBYTES_PER_NODE
                        + scenario.expectedBlocks() * KILOBYTES_PER_BLOCK
                        + scenario.plannedTransactions() * KILOBYTES_PER_TRANSACTION);
        return MEGABYTES_OF_HARNESS + kilobytes / 1024;
    }

    private static Duration multiply(Duration duration, long times) {
        try {
            return duration.multipliedBy(times);
        } catch (ArithmeticException e) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }
}
