package org.junitnomos.expectation;

import org.junitnomos.scenario.Scenario;

/**
 * Bounds how deep healthy nodes reorganize: two branches of one length grow side by side as long as both have a winner
 * in every slot, or a block is not there yet when the next one is made.
 *
 * <p>With the chance {@code P} that a slot has a winner, both sides have one with {@code (1 - sqrt(1 - P))^2} at the
 * most: when they have equal shares. A block that needs {@code d} slots to the other side meets another one with
 * {@code 2 P d} at the most.
 */
final class ForkDepth {
    private ForkDepth() {}

    /**
     * The blocks that a healthy node takes back at most, but for one run in so many.
     *
     * @return at least 1; {@link Long#MAX_VALUE} if there is no bound
     */
    static long of(Scenario scenario, long oneIn) {
        double won = scenario.chanceOfBlock();
        double half = 1 - StrictMath.sqrt(1 - Math.min(1, won));
        double both = half * half + 2 * won * SlotOdds.delayInSlots(scenario.topology());
        if (!(both > 0 && both < 1)) {
            return both > 0 ? Long.MAX_VALUE : 1;
        }
        double log = StrictMath.log((double) oneIn) + StrictMath.log(Math.max(1.0, SlotOdds.plannedSlots(scenario)));
        return Math.max(1, (long) StrictMath.ceil(-log / StrictMath.log(both)));
    }
}
