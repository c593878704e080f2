package org.junitnomos.deploy;

import java.util.Locale;
import org.apiguardian.api.API;

/** Name something a backend may or may not be able to do. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Capability {
    /** Run under the virtual clock. */
    VIRTUAL_TIME,
    /** Stop, start and restart a node. */
    NODE_CONTROL,
    /** Cut and heal links between nodes. */
    PARTITION,
    /** Set latency, jitter and loss of a link. */
    LINK_QUALITY,
    /** Set the clock of a node apart from the others. */
    CLOCK_SKEW;

    /**
     * Return the capability as it stands in messages.
     *
     * @return lower case words, for example {@code "node control"}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
