package org.junitnomos.topology;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Describe the quality of a link between two nodes, one way.
 *
 * @param latency delay that every message has; 0 or more
 * @param jitter largest extra delay, drawn evenly for each message; 0 or more
 * @param lossPerMille chance in thousandths that a transmission is lost; links are reliable streams, so a loss shows
 *     as one more round of delay, not as a missing message; 0 to 999
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LinkSpec(Duration latency, Duration jitter, int lossPerMille) {
    /** A local network: 20 ms latency, up to 10 ms jitter, no loss. */
    public static final LinkSpec DEFAULT = new LinkSpec(Duration.ofMillis(20), Duration.ofMillis(10), 0);

    public LinkSpec {
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(jitter, "jitter");
    }
}
