package org.junitnomos.topology;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/** Rules of slots that dev nodes follow and that are expected of all nodes, in one place so that both agree. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SlotRules {
    /**
     * A node that is halted for less loses no slot, although by node contract 3.1 a halt of one slot may: with slots
     * below two seconds a node loses slots to a machine that is busy for as long as one of them, and tests with such
     * slots run on busy machines.
     */
    public static final long SHORTEST_HALT_NANOS = 2_000_000_000L;

    private SlotRules() {}

    /**
     * Computes the base period, {@code floor(k / f)} (node contract 3.2), in floating point as nodes do: 99 for
     * k = 7 and f = 0.07.
     *
     * @param securityParameter k, in blocks
     * @param activeSlotCoefficient f
     * @return a number of slots; at least 1, whatever the parameters are
     */
    public static long basePeriod(int securityParameter, BigDecimal activeSlotCoefficient) {
        double base = StrictMath.floor(securityParameter / activeSlotCoefficient.doubleValue());
        return (long) Math.max(1, Math.min(base, Integer.MAX_VALUE));
    }
}
