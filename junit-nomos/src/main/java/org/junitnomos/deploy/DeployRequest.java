package org.junitnomos.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.TopologySpec;

/**
 * What to deploy.
 *
 * @param topology the cluster
 * @param seed seed from which genesis, keys and links are derived
 * @param timeline the timeline on which nodes, network and waits run; virtual or real
 * @param directory existing directory of this run for logs and state of the nodes
 * @param readinessTimeout limit until every node is ready, on {@code timeline}
 * @param logLevel how much the nodes write to their logs
 * @param listener hears of every state a node walks through
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record DeployRequest(
        TopologySpec topology,
        long seed,
        Timeline timeline,
        Path directory,
        Duration readinessTimeout,
        LogLevel logLevel,
        NodeStateListener listener) {
    public DeployRequest {
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(readinessTimeout, "readinessTimeout");
        Objects.requireNonNull(logLevel, "logLevel");
        Objects.requireNonNull(listener, "listener");
    }
}
