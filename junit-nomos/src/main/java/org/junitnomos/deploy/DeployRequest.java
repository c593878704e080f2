package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Duration;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.ProtocolClock;
import org.junitnomos.topology.TopologySpec;

/** Say what to deploy. Made by the run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface DeployRequest {
    /**
     * Return the cluster to deploy.
     *
     * @return its topology
     */
    TopologySpec topology();

    /**
     * Return the seed from which genesis, keys and links are derived.
     *
     * @return that of the run
     */
    long seed();

    /**
     * Return the clock on which nodes, network and waits run.
     *
     * @return virtual only for a backend with {@link Capability#VIRTUAL_TIME}
     */
    ProtocolClock clock();

    /**
     * Return where logs and state of the nodes go.
     *
     * @return existing directory of the run
     */
    Path directory();

    /**
     * Return the limit until every node is ready.
     *
     * @return on {@link #clock()}; positive
     */
    Duration readinessTimeout();

    /**
     * Return how much the nodes write to their logs.
     *
     * @return the level
     */
    LogLevel logLevel();

    /**
     * Return who hears of every state a node walks through.
     *
     * @return to be told, also after the deploy
     */
    NodeStateListener listener();

    /**
     * Make the client of a node that is reached over HTTP; does not connect.
     *
     * @param endpoint where the node listens
     * @return a new client; the run closes it after the deployment
     * @throws IllegalArgumentException if an address is not one of HTTP
     */
    NodeClient connect(NodeEndpoint endpoint);
}
