package org.junitnomos.deploy;

import org.apiguardian.api.API;

/**
 * Owns a running cluster: what a deployer returns.
 *
 * <p>Closing stops and removes everything the deployment started and is idempotent. Close it before its timeline.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Deployment extends Cluster, AutoCloseable {
    /**
     * Stops every node and removes what the deployment started; logs stay.
     *
     * @throws DeploymentException if something is left behind; names it
     */
    @Override
    void close();
}
