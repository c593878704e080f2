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
}
