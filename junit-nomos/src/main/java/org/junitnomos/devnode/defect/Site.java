package org.junitnomos.devnode.defect;

import java.util.concurrent.atomic.AtomicLong;
import org.junitnomos.devnode.DevNodeConfig;

/**
 * The life of a node in which a defect is.
 *
 * @param config its configuration
 * @param again whether the node had blocks of an earlier life when this one began
 * @param deeds counts what it did otherwise than a right node
 */
record Site(DevNodeConfig config, boolean again, AtomicLong deeds) {
    /** Notes that the node does now what a right one does not. */
    void act() {
        deeds.incrementAndGet();
    }

    /** Notes it if it is so. */
    boolean act(boolean wrong) {
        if (wrong) {
            act();
        }
        return wrong;
    }

    long slots(long number) {
        return number * config.slotNanos();
    }
}
