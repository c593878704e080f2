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
    /** {@return the topology of the cluster to deploy} */
    TopologySpec topology();

    /** {@return the seed of the run, from which genesis, keys and links are derived} */
    long seed();

    /**
     * {@return the clock on which nodes, network and waits run; virtual only for a backend with
     * {@link Capability#VIRTUAL_TIME}}
     */
    ProtocolClock clock();

    /** {@return where logs and state of the nodes go: an existing directory of the run} */
    Path directory();

    /** {@return the limit on {@link #clock()} until every node is ready; positive} */
    Duration readinessTimeout();

    /** {@return how much the nodes write to their logs} */
    LogLevel logLevel();

    /** {@return who hears of every state a node walks through, also after the deploy} */
    NodeStateListener listener();

    /** {@return where nodes push their metrics, if they push any; by default nowhere} */
    default MetricsSink metrics() {
        return MetricsSink.NONE;
    }

    /**
     * Makes the client of a node that is reached over HTTP; does not connect.
     *
     * @param endpoint where the node listens
     * @return a new client; the run closes it after the deployment
     * @throws IllegalArgumentException if an address is not one of HTTP
     */
    NodeClient connect(NodeEndpoint endpoint);
}
