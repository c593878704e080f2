package org.junitnomos.topology;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Set the parameters of Cryptarchia for a cluster (node contract 3.2).
 *
 * @param slotDuration length of one slot; positive, default 2 s
 * @param activeSlotCoefficient chance f that a slot is won when all stake takes part; 0 &lt; f &lt; 1, default 0.9
 * @param securityParameter depth k, in blocks, from which a block is final; at least 1, default 10
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ConsensusParameters(Duration slotDuration, BigDecimal activeSlotCoefficient, int securityParameter) {
    /** The values that the Rust testing framework uses: slot 2 s, f 0.9, k 10. */
    public static final ConsensusParameters DEFAULT =
            new ConsensusParameters(Duration.ofSeconds(2), new BigDecimal("0.9"), 10);

    public ConsensusParameters {
        Objects.requireNonNull(slotDuration, "slotDuration");
        Objects.requireNonNull(activeSlotCoefficient, "activeSlotCoefficient");
        activeSlotCoefficient = activeSlotCoefficient.stripTrailingZeros();
    }

    /**
     * Compute the chance that a slot is won by at least one of the leaders that hold a share of all stake:
     * {@code 1 - (1 - f)^share} (node contract 3.3). The same on every JDK.
     *
     * @param share their part of the total stake, 0 to 1
     * @return the chance, 0 to 1
     */
    public double chanceOfBlock(double share) {
        return 1 - StrictMath.pow(1 - activeSlotCoefficient.doubleValue(), share);
    }
}
