package org.junitnomos.k8s;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which clusters were seen not to enforce network policies, so that it need not be found out at each fault:
 * that takes seconds. Thread-safe.
 *
 * <p>That one does enforce them is never remembered: it has to be seen at each fault.
 */
final class Enforcement {
    /** A cluster gets or loses the plugin that enforces policies when it is made, not while tests run. */
    private static final Enforcement OF_THIS_JVM = new Enforcement();

    private final Set<String> without = ConcurrentHashMap.newKeySet();

    /** Return what all deployments of this JVM know. */
    static Enforcement ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** Whether a cluster was seen not to enforce them; by the address of its API server. */
    boolean isKnownToLack(String server) {
        return without.contains(server);
    }

    /** Remember that a cluster does not enforce them. */
    void lacks(String server) {
        without.add(server);
    }
}
