package org.junitnomos.k8s;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what was seen not to work in which cluster to cut links in its network, so that it need not be found out at
 * each fault: that takes seconds. Thread-safe.
 *
 * <p>That something works is never remembered: it has to be seen at each fault.
 */
final class Enforcement {
    /** A cluster gets or loses what enforces policies when it is made, not while tests run. */
    private static final Enforcement OF_THIS_JVM = new Enforcement();

    private final Set<String> without = ConcurrentHashMap.newKeySet();

    /** Returns what all deployments of this JVM know. */
    static Enforcement ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** Whether that was seen; of a means and the address of an API server. */
    boolean isKnownToLack(String means) {
        return without.contains(means);
    }

    /** Notes that the cluster does not have a means. */
    void lacks(String means) {
        without.add(means);
    }
}
