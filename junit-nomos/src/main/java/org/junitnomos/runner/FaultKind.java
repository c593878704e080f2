package org.junitnomos.runner;

import java.util.Arrays;
import java.util.Locale;
import org.apiguardian.api.API;

/** What can be done to nodes and links, in the words of the journal. */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum FaultKind {
    STOP(true, false),
    START(false, false),
    RESTART(false, false),
    UPGRADE(false, false),
    KILL(true, false),
    PAUSE(true, false),
    RESUME(false, false),
    ADD(false, false),
    REMOVE(false, false),
    PARTITION(true, true),
    ISOLATE(true, true),
    CUT(true, true),
    LINK(true, true),
    SKEW_CLOCK(true, true),
    WITHHOLD(true, true),
    CORRUPT(true, true),
    BLOCK_PEER(true, true),
    DEFECT(true, true);

    private final boolean lasts;
    private final boolean ofNetwork;

    FaultKind(boolean lasts, boolean ofNetwork) {
        this.lasts = lasts;
        this.ofNetwork = ofNetwork;
    }

    /** Whether it stays in force until something heals it. */
    boolean lasts() {
        return lasts;
    }

    /**
     * Says whether a fault stays in force until something heals it; else it is done once it is seen, and never healed.
     *
     * @param label its kind, as the journal has it
     */
    public static boolean lasts(String label) {
        return Arrays.stream(values())
                .anyMatch(kind -> kind.lasts && kind.label().equals(label));
    }

    /** Whether it is a fault of links or clocks, which a heal mends. */
    boolean isOfNetwork() {
        return ofNetwork;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
