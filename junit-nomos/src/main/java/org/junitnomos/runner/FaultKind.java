package org.junitnomos.runner;

import java.util.Locale;

/** What can be done to nodes and links, in the words of the journal. */
enum FaultKind {
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

    /** Whether it is a fault of links or clocks, which a heal mends. */
    boolean isOfNetwork() {
        return ofNetwork;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
