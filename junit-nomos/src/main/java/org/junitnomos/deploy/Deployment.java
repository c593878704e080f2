package org.junitnomos.deploy;

import org.apiguardian.api.API;

/**
 * Own a running cluster: what a deployer returns.
 *
 * <p>Closing stops and removes everything the deployment started and is idempotent. Close it before its timeline.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Deployment extends Cluster, AutoCloseable {
    /**
     * Stop every node and remove what the deployment started; logs stay.
     *
     * @throws DeploymentException if something is left behind; names it
     */
    @Override
    void close();
}
