package org.junitnomos.topology;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * The quality of a link between two nodes, one way.
 *
 * @param latency delay that every message has; 0 or more
 * @param jitter largest extra delay, drawn evenly for each message; 0 or more
 * @param lossPerMille chance in thousandths that a transmission is lost; links are reliable streams, so a loss shows
 *     as one more round of delay, not as a missing message; 0 to 999
 * @param bandwidth how many bytes it carries in a second; messages wait for those before them; 0 for as many as there
 *     are
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LinkSpec(Duration latency, Duration jitter, int lossPerMille, long bandwidth) {
    /** A local network: 20 ms latency, up to 10 ms jitter, no loss. */
    public static final LinkSpec DEFAULT = new LinkSpec(Duration.ofMillis(20), Duration.ofMillis(10), 0);

    public LinkSpec {
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(jitter, "jitter");
    }

    /**
     * Describes a link that carries as much as there is to carry.
     *
     * @param latency delay that every message has
     * @param jitter largest extra delay
     * @param lossPerMille chance in thousandths that a transmission is lost
     */
    public LinkSpec(Duration latency, Duration jitter, int lossPerMille) {
        this(latency, jitter, lossPerMille, 0);
    }

    /**
     * Returns this link with another bandwidth.
     *
     * @param bytesPerSecond how many bytes it carries in a second; 0 for as many as there are
     * @return the link
     */
    public LinkSpec withBandwidth(long bytesPerSecond) {
        return new LinkSpec(latency, jitter, lossPerMille, bytesPerSecond);
    }
}
