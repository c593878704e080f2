package org.junitnomos.workload;

import java.util.Locale;
import org.apiguardian.api.API;

/** What the first message of a channel is (node contract 2.6). */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ChannelStart {
    /** An inscription opens every channel; blobs follow once it is on the chain. */
    INSCRIPTION,
    /** A blob opens every channel; there are no inscriptions. */
    BLOB,
    /** An inscription opens the first channel, a blob the second, and so on in turn. */
    ALTERNATING;

    /**
     * Returns the choice as it stands in plans and reports.
     *
     * @return lower-case words, for example {@code "inscription"}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean inscribes(int channel) {
        return switch (this) {
            case INSCRIPTION -> true;
            case BLOB -> false;
            case ALTERNATING -> channel % 2 == 0;
        };
    }
}
