package org.junitnomos.deploy;

import java.net.URI;
import java.util.Optional;
import org.apiguardian.api.API;

/** Says where nodes push their metrics, if they push any: by OTLP over HTTP, with bodies of protobuf. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface MetricsSink {
    /** Takes no metrics. */
    MetricsSink NONE = (node, host) -> Optional.empty();

    /**
     * Opens a port for the metrics of nodes, unless there is one already.
     *
     * @param node name of the node that is to push
     * @param host address of this machine at which the node reaches it, for example {@code "127.0.0.1"}
     * @return where it pushes to, the same over all its lives; empty if nobody takes its metrics
     */
    Optional<URI> endpoint(String node, String host);
}
