package org.junitnomos.client;

import java.net.URI;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients of nodes; they share connections. Thread-safe.
 *
 * <p>For nodes that no run deployed; in a run, clients come from its {@code Cluster}. What is done with clients of this
 * factory is on no record.
 *
 * <p>Closing closes every client made here, and ends exchanges and streams that are under way.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NodeClients implements AutoCloseable {

    private final HttpTransport transport;
    private final String testingSecret;
    private final OpenStreams streams = new OpenStreams(null);

    private NodeClients(HttpTransport transport, String testingSecret) {
        this.transport = transport;
        this.testingSecret = testingSecret;
    }

    /**
     * Makes clients that speak HTTP over sockets: HTTP/1.1, no proxy, no redirects, kept-alive connections. The caller
     * closes the factory.
     */
    public static NodeClients overHttp() {
        return overHttp(UnaryOperator.identity(), "");
    }

    /**
     * Makes clients like {@link #overHttp()} that reach some hosts elsewhere than where their names lead. Requests name
     * the host itself, so whoever is there can tell for which one they are.
     *
     * @param places by the host of a node's address, the name or address at which it is reached: the same for most
     * @param testingSecret what the testing ports of these nodes demand of a request; empty for nothing
     * @return the factory; the caller closes it
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public static NodeClients overHttp(UnaryOperator<String> places, String testingSecret) {
        Objects.requireNonNull(testingSecret, "testingSecret");
        return new NodeClients(new OkHttpTransport(Objects.requireNonNull(places, "places")), testingSecret);
    }

    /**
     * Makes clients that hand their requests to a transport.
     *
     * @param transport carries the exchanges; closed with the factory
     * @return the factory; the caller closes it
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public static NodeClients over(HttpTransport transport) {
        return new NodeClients(Objects.requireNonNull(transport, "transport"), "");
    }

    /**
     * Makes the client of a node; does not connect.
     *
     * @param endpoint where the node listens
     * @throws IllegalArgumentException if an address is not one of HTTP
     * @throws IllegalStateException if this was closed
     */
    public NodeClient client(NodeEndpoint endpoint) {
        check(endpoint.node(), "api", endpoint.api());
        check(endpoint.node(), "testing", endpoint.testing());
        return client(endpoint.node(), () -> endpoint);
    }

    /**
     * Makes the client of a node that may change its addresses; does not connect.
     *
     * <p>While the node listens nowhere, every exchange fails like one that was refused.
     *
     * @param node name of the node
     * @param locator asked for each exchange
     * @throws IllegalStateException if this was closed
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public NodeClient client(String node, NodeLocator locator) {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(locator, "locator");
        if (streams.isClosed()) {
            throw new IllegalStateException("cannot make a client of node '" + node + "': the NodeClients were closed");
        }
        return HttpNodeClient.create(
                transport, new OpenStreams(streams), new NodeAddress(node, locator, testingSecret));
    }

    private static void check(String node, String what, @Nullable URI address) {
        if (address == null) {
            return;
        }
        String scheme = address.getScheme();
        boolean http = "http".equals(scheme) || "https".equals(scheme);
        if (!http || address.getHost() == null || address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException("address '" + what + "' of node '" + node
                    + "' is not the base of an HTTP API: expected http://host:port but was \"" + address + "\"");
        }
    }

    /** Closes all clients and their connections; idempotent. */
    @Override
    public void close() {
        streams.close();
        transport.close();
    }
}
