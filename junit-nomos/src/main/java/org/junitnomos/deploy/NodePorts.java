package org.junitnomos.deploy;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeEndpoint;

/**
 * The ports on which a node listens.
 *
 * @param host name or address by which it is reached, for example {@code "127.0.0.1"}
 * @param api port of its HTTP API, 1 to 65535
 * @param testing port of its testing API; 0 if it has none
 * @param peer port for its peers; 0 if they need not be told
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record NodePorts(String host, int api, int testing, int peer) {
    private static final int HIGHEST = 65_535;

    public NodePorts {
        Objects.requireNonNull(host, "host");
        require("api", api, 1);
        require("testing", testing, 0);
        require("peer", peer, 0);
    }

    private static void require(String name, int port, int least) {
        if (port < least || port > HIGHEST) {
            throw new IllegalArgumentException(
                    "Port '" + name + "' of a node must be " + least + " to " + HIGHEST + " but was " + port + ".");
        }
    }

    /** {@return where peers reach the node, as {@code host:port}; empty if it has no port for peers} */
    public Optional<String> peerAddress() {
        return peer == 0 ? Optional.empty() : Optional.of(host + ":" + peer);
    }

    /**
     * Returns where clients reach the node.
     *
     * @param node name of the node
     * @return its addresses over HTTP
     */
    public NodeEndpoint endpoint(String node) {
        return new NodeEndpoint(
                node,
                URI.create("http://" + host + ":" + api),
                testing == 0 ? null : URI.create("http://" + host + ":" + testing));
    }
}
