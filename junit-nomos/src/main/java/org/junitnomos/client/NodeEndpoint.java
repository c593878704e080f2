package org.junitnomos.client;

import java.net.URI;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens.
 *
 * @param node name of the node
 * @param api base address of its HTTP API: {@code http} or {@code https}, a host, perhaps a port and a path
 * @param testing base address of its testing port; null if it has none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodeEndpoint(String node, URI api, @Nullable URI testing) {
    public NodeEndpoint {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(api, "api");
    }
}
