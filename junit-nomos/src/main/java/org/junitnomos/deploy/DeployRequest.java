package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Duration;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.ProtocolClock;
import org.junitnomos.topology.TopologySpec;

/** Says what to deploy. Made by the run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface DeployRequest {
    /**
     * Returns the cluster to deploy.
     *
     * @return its topology
     */
    TopologySpec topology();

    /**
     * Returns the seed from which genesis, keys and links are derived.
     *
     * @return that of the run
     */
    long seed();

    /**
     * Returns the clock on which nodes, network and waits run.
     *
     * @return virtual only for a backend with {@link Capability#VIRTUAL_TIME}
     */
    ProtocolClock clock();

    /**
     * Returns where logs and state of the nodes go.
     *
     * @return existing directory of the run
     */
    Path directory();

    /**
     * Returns the limit until every node is ready.
     *
     * @return on {@link #clock()}; positive
     */
    Duration readinessTimeout();

    /**
     * Returns how much the nodes write to their logs.
     *
     * @return the level
     */
    LogLevel logLevel();

    /**
     * Returns who hears of every state a node walks through.
     *
     * @return to be told, also after the deploy
     */
    NodeStateListener listener();

    /**
     * Makes the client of a node that is reached over HTTP; does not connect.
     *
     * @param endpoint where the node listens
     * @return a new client; the run closes it after the deployment
     * @throws IllegalArgumentException if an address is not one of HTTP
     */
    NodeClient connect(NodeEndpoint endpoint);
}
