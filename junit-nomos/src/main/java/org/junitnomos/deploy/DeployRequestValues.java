package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.TopologySpec;

/** A request on a timeline, which the backends of this library find behind its clock: {@link Timeline#of}. */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DeployRequestValues(
        TopologySpec topology,
        long seed,
        Timeline clock,
        Path directory,
        Duration readinessTimeout,
        LogLevel logLevel,
        NodeStateListener listener,
        Function<NodeEndpoint, NodeClient> clients)
        implements DeployRequest {
    public DeployRequestValues {
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(readinessTimeout, "readinessTimeout");
        Objects.requireNonNull(logLevel, "logLevel");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(clients, "clients");
    }

    /** Asks for a cluster whose backend makes its clients itself. */
    public DeployRequestValues(
            TopologySpec topology,
            long seed,
            Timeline clock,
            Path directory,
            Duration readinessTimeout,
            LogLevel logLevel,
            NodeStateListener listener) {
        this(topology, seed, clock, directory, readinessTimeout, logLevel, listener, endpoint -> {
            throw new UnsupportedOperationException("This request makes no clients, also none of " + endpoint + ".");
        });
    }

    @Override
    public NodeClient connect(NodeEndpoint endpoint) {
        return clients.apply(endpoint);
    }
}
