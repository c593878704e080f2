package org.junitnomos.topology;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * The parameters of Cryptarchia for a cluster (node contract 3.2).
 *
 * @param slotDuration length of one slot; positive, default 2 s
 * @param activeSlotCoefficient chance f that a slot is won when all stake takes part; 0 &lt; f &lt; 1, default 0.9
 * @param securityParameter depth k, in blocks, from which a block is final; at least 1, default 10
 * @param withoutRules rules that the nodes do not obey, none by default; needs dev nodes; unmodifiable
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ConsensusParameters(
        Duration slotDuration, BigDecimal activeSlotCoefficient, int securityParameter, Set<NodeRule> withoutRules) {
    /** The values that the Rust testing framework uses: slot 2 s, f 0.9, k 10. */
    public static final ConsensusParameters DEFAULT =
            new ConsensusParameters(Duration.ofSeconds(2), new BigDecimal("0.9"), 10);

    public ConsensusParameters {
        Objects.requireNonNull(slotDuration, "slotDuration");
        Objects.requireNonNull(activeSlotCoefficient, "activeSlotCoefficient");
        activeSlotCoefficient = activeSlotCoefficient.stripTrailingZeros();
        var rules = EnumSet.noneOf(NodeRule.class);
        rules.addAll(withoutRules);
        withoutRules = Collections.unmodifiableSet(rules);
    }

    /** Describes a cluster whose nodes obey all rules. */
    public ConsensusParameters(Duration slotDuration, BigDecimal activeSlotCoefficient, int securityParameter) {
        this(slotDuration, activeSlotCoefficient, securityParameter, Set.of());
    }

    /**
     * Returns the length of an epoch: ten base periods of {@code floor(k / f)} slots (node contract 3.2).
     *
     * @return slots; at least 10
     */
    public long epochSlots() {
        return 10 * SlotRules.basePeriod(securityParameter, activeSlotCoefficient);
    }

    /**
     * Computes the chance that one leader wins a slot, as the lottery of dev mode has it (node contract 3.3):
     * {@code a s - (a s)^2 / 2} with {@code a = -ln(1 - f)}, reduced modulo 1 as the threshold is modulo r. For a small
     * share this is about {@code 1 - (1 - f)^s}; for a large one it is clearly less. The same on every JDK.
     *
     * @param share its part of the total stake, 0 to 1
     * @return the chance, 0 to 1
     */
    public double chanceToLead(double share) {
        double x = -StrictMath.log(1 - activeSlotCoefficient.doubleValue()) * share;
        double chance = x - x * x / 2;
        return chance - StrictMath.floor(chance);
    }
}
