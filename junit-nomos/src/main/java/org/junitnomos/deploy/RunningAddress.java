package org.junitnomos.deploy;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeEndpoint;

/**
 * Where a running node is reached.
 *
 * @param endpoint where the test JVM reaches it
 * @param peer {@code host:port} where other nodes reach it; empty if they need not be told
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RunningAddress(NodeEndpoint endpoint, Optional<String> peer) {
    public RunningAddress {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(peer, "peer");
    }
}
