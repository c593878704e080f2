package org.junitnomos.expectation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.TopologySpec;

/**
 * Computes, from a journal, the chance that each slot of the run window extends the longest chain.
 *
 * <p>A slot is won with the chance of the notes of the nodes that should take part (node contract 3.3), those of known
 * wallets that are not spent included: all nodes of the plan but those that were asked to be away, and those that such
 * an absence parts from the rest. A node counts again two slots after it came back, and, once it was started anew, two
 * blocks after the last one that it made apart from the chain; one that was paused, and so lost slots, counts no more
 * until it is started anew, unless all others lost as many (node contract 3.1). One that ended by itself counts all the
 * time. Slots in which a fault of the network or of a clock was in force have chance 0: nothing is claimed about them.
 * A block needs time to reach the next leader: with a delay of d slots between nodes a chain grows at {@code p / (1 + p
 * d)} instead of {@code p}.
 *
 * @param firstSlot first slot that lies wholly in the window
 * @param silent number of slots of which nothing is claimed
 * @param played number that the leading nodes give to each slot: less than its own if all of them were paused;
 *     {@link #UNPLAYED} if no node that leads plays a slot above that of the tip
 */
record SlotOdds(long firstSlot, double[] chances, int silent, long[] played) {
    static final long UNPLAYED = Long.MIN_VALUE;
    private static final double NO_WALLETS = 0;

    static SlotOdds of(RunFacts facts, long from, long until) {
        var topology = facts.run.scenario().topology();
        var events = facts.events;
        var window = SlotWindow.within(
                facts.run.clock().chainStart().toNanos(),
                topology.consensus().slotDuration().toNanos(),
                from,
                until);
        var chances = new double[window.size()];
        var played = new long[window.size()];
        var odds = new LeaderOdds(topology);
        var wallets = facts.wallets();
        var excuses = new Excuses(topology);
        int next = 0;
        int silent = 0;
        long highest = Long.MIN_VALUE;
        for (long slot = window.first(); slot < window.end(); slot++) {
            boolean faulty = excuses.isNetworkFaulty();
            while (next < events.size() && events.get(next).at() < window.endOf(slot)) {
                var event = events.get(next++);
                excuses.accept(event, window.slotOf(event.at()));
                faulty |= excuses.isNetworkFaulty();
            }
            excuses.endSlot(slot);
            int index = (int) (slot - window.first());
            var leaders = excuses.leaders();
            long number = slot - excuses.slotsBehind();
            boolean isNew = !leaders.isEmpty() && number > highest;
            highest = isNew ? number : highest;
            played[index] = isNew ? highest : UNPLAYED;
            if (faulty) {
                silent++;
            } else if (isNew) {
                chances[index] = growth(topology, odds.chanceOfBlock(leaders, wallets.in(slot)));
            }
        }
        return new SlotOdds(window.first(), chances, silent, played);
    }

    /** The blocks that all runs of a plan without faults make until their end, but for one in ten million. */
    static int sureBlocks(Scenario scenario) {
        var chances = new double[(int) Math.min(plannedSlots(scenario), BlockCountBound.EXACT_TRIALS)];
        Arrays.fill(chances, healthyChance(scenario));
        return BlockCountBound.atLeast(chances, 1.0 / ChainPace.FALSE_ALARM_ONE_IN);
    }

    /** The slots of run window and cooldown, by the plan. */
    static long plannedSlots(Scenario scenario) {
        var cooldown = scenario.cooldownTime();
        return scenario.runWindow()
                .plus(cooldown.isNegative() ? Duration.ZERO : cooldown)
                .dividedBy(scenario.topology().consensus().slotDuration());
    }

    /** The chance of a slot in which every node is up, by the plan. */
    static double healthyChance(Scenario scenario) {
        return growth(scenario.topology(), scenario.chanceOfBlock());
    }

    /**
     * The slots that pass without any block of a healthy cluster once in so many runs: as long as that a node may have
     * to wait until the next block tells it what it missed.
     *
     * @param facts a run: how long it was, and how many wallets led to its end
     * @param oneIn number of healthy runs
     * @return at least 1
     */
    static long longestSilence(RunFacts facts, long oneIn) {
        var topology = facts.run.scenario().topology();
        double won = new LeaderOdds(topology).chanceOfBlock(facts.wallets().least());
        double chance = growth(topology, won);
        if (!(chance > 0 && chance < 1)) {
            return 1;
        }
        double log = StrictMath.log((double) oneIn)
                + StrictMath.log(Math.max(1.0, facts.slotsUntilNow().size()));
        return Math.max(1, (long) StrictMath.ceil(-log / StrictMath.log(1 - chance)));
    }

    /** How long a slot with these leaders is, in slots of all nodes, for one who waits for a block: 0 to 1. */
    static double silence(TopologySpec topology, LeaderOdds odds, Set<String> leaders) {
        double healthy = growth(topology, odds.chanceOfBlock(NO_WALLETS));
        double chance = growth(topology, odds.chanceOfBlock(leaders, NO_WALLETS));
        return !(healthy > 0 && healthy < 1) || chance >= healthy
                ? 1
                : StrictMath.log(1 - chance) / StrictMath.log(1 - healthy);
    }

    private static double growth(TopologySpec topology, double won) {
        return won / (1 + won * delayInSlots(topology));
    }

    /** The longest way of a block through the layout, in slots. */
    static double delayInSlots(TopologySpec topology) {
        int hops = switch (topology.layout()) {
            case FULL -> 1;
            case STAR -> 2;
            case CHAIN -> Math.max(1, topology.size() - 1);
        };
        Duration hop = topology.links().latency().plus(topology.links().jitter());
        return (double) hops
                * hop.toNanos()
                / topology.consensus().slotDuration().toNanos();
    }
}
