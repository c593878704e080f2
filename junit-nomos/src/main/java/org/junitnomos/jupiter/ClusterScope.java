package org.junitnomos.jupiter;

import org.apiguardian.api.API;

/**
 * How long a cluster lives.
 *
 * <p>A cluster that outlives a run is not a fresh one: its chain has grown and its wallets have spent. Expectations are
 * relative to their baselines and stay valid; a test body must not assume heights. A cluster whose run did not pass is
 * never used again.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ClusterScope {
    /** As the enclosing class or superclass says; {@link #RUN} if none says anything. */
    INHERIT,
    /** The cluster belongs to one run and is removed after it. */
    RUN,
    /** Runs of one test class with equal topologies use one cluster, one after the other. */
    CLASS,
    /**
     * Runs of all test classes in the JVM with equal topologies use one cluster, one after the other. Works best with
     * one Surefire fork; put classes with equal topologies next to each other with {@link ByTopology}.
     */
    SESSION
}
