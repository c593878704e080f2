package org.junitnomos.k8s;

import java.time.Instant;

/**
 * Where the objects of one deployment go, and how they are told from all others.
 *
 * @param namespace their namespace
 * @param prefix what all their names begin with: empty in a namespace of its own
 * @param marker unique to the deployment, fit for a label
 * @param session the session of the test JVM, fit for a label
 * @param expires when nobody needs the deployment any more
 */
record Place(String namespace, String prefix, String marker, String session, Instant expires) {
    /** Return the name of an object. */
    String name(String own) {
        return prefix + own;
    }
}
