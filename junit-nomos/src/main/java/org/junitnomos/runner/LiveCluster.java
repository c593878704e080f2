package org.junitnomos.runner;

import org.apiguardian.api.API;
import org.junitnomos.scenario.Scenario;

/**
 * Own a cluster: its clock, deployment, block feed and directory. It is deployed by the first run that needs it and may
 * serve several runs, one after the other. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class LiveCluster implements AutoCloseable {
    private LiveCluster() {}

    /**
     * Prepare a cluster; nothing is started yet.
     *
     * @param scenario topology, backend and time are taken from it, with the settings applied
     * @param settings the settings
     * @return the cluster; owned by the caller, who must close it
     */
    public static LiveCluster of(Scenario scenario, RunSettings settings) {
        throw new UnsupportedOperationException("lands soon: " + scenario + settings);
    }

    /**
     * Return the seed of the cluster and of every run on it.
     *
     * @return the seed
     */
    public long seed() {
        throw new UnsupportedOperationException("lands soon");
    }

    /**
     * Say whether another run may use it: it was deployed, or never tried, is not closed, and no run on it failed.
     *
     * @return false if a new cluster is needed
     */
    public boolean isReusable() {
        throw new UnsupportedOperationException("lands soon");
    }

    /** Stop and remove everything; idempotent. */
    @Override
    public void close() {}
}
