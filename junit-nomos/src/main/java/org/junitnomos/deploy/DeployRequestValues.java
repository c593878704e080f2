package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.defect.PlantedDefect;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.TopologySpec;

/**
 * A request on a timeline, which the backends of this library find behind its clock: {@link Timeline#of}.
 *
 * @param planted the defects that nodes are to have; none but in a self-check
 * @param metrics where nodes push their metrics
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DeployRequestValues(
        TopologySpec topology,
        long seed,
        Timeline clock,
        Path directory,
        Duration readinessTimeout,
        LogLevel logLevel,
        NodeStateListener listener,
        Function<NodeEndpoint, NodeClient> clients,
        List<PlantedDefect> planted,
        MetricsSink metrics)
        implements DeployRequest {
    public DeployRequestValues {
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(readinessTimeout, "readinessTimeout");
        Objects.requireNonNull(logLevel, "logLevel");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(clients, "clients");
        planted = List.copyOf(planted);
        Objects.requireNonNull(metrics, "metrics");
    }

    /** Asks for a cluster of right nodes, whose backend makes its clients itself. */
    public DeployRequestValues(
            TopologySpec topology,
            long seed,
            Timeline clock,
            Path directory,
            Duration readinessTimeout,
            LogLevel logLevel,
            NodeStateListener listener) {
        this(
                topology,
                seed,
                clock,
                directory,
                readinessTimeout,
                logLevel,
                listener,
                endpoint -> {
                    throw new UnsupportedOperationException(
                            "This request makes no clients, also none of " + endpoint + ".");
                },
                List.of(),
                MetricsSink.NONE);
    }

    /** Returns the defects that nodes of a request are to have. */
    public static List<PlantedDefect> planted(DeployRequest request) {
        return request instanceof DeployRequestValues values ? values.planted : List.of();
    }

    @Override
    public NodeClient connect(NodeEndpoint endpoint) {
        return clients.apply(endpoint);
    }
}
