package org.junitnomos.client;

import java.util.List;
import org.apiguardian.api.API;

/**
 * State of a node's network, as answered by {@code GET /network/info}.
 *
 * @param listenAddresses multiaddresses
 * @param peers number of connected peers
 * @param connections number of connections
 * @param pendingConnections number of connections being made
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NetworkInfo(List<String> listenAddresses, int peers, int connections, int pendingConnections) {
    public NetworkInfo {
        listenAddresses = List.copyOf(listenAddresses);
    }
}
