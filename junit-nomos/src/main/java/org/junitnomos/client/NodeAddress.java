package org.junitnomos.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where one node listens, looked up for each exchange. Thread-safe. */
final class NodeAddress {
    private final String node;
    private final NodeLocator locator;
    private final String testingSecret;
    private volatile @Nullable Known known;

    /**
     * Tells where a node listens.
     *
     * @param testingSecret what its testing port demands; empty for nothing
     */
    NodeAddress(String node, NodeLocator locator, String testingSecret) {
        this.node = node;
        this.locator = locator;
        this.testingSecret = testingSecret;
    }

    /** The two HTTP ports of a node. */
    enum Port {
        API,
        TESTING
    }

    /** An endpoint and the texts of its addresses, without a slash at their end. */
    private record Known(
            NodeEndpoint endpoint, String api, @Nullable String testing) {
        static Known of(NodeEndpoint endpoint) {
            URI testing = endpoint.testing();
            return new Known(endpoint, text(endpoint.api()), testing == null ? null : text(testing));
        }

        private static String text(URI address) {
            String text = address.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }

    String node() {
        return node;
    }

    /** Returns where the node listens, or where it did last. */
    NodeEndpoint endpoint() {
        look();
        Known last = known;
        if (last == null) {
            throw new IllegalStateException("node '" + node + "' has no address yet: it was not started");
        }
        return last.endpoint;
    }

    /**
     * Returns the base of the addresses of a port.
     *
     * @param path what is asked for, for the text of a failure
     * @throws NodeApiException if the node listens nowhere, or has no such port
     */
    String base(Port port, String path) {
        Known now = look();
        if (now == null) {
            throw ExchangeFailures.notListening(node, path);
        }
        String base = port == Port.API ? now.api : now.testing;
        if (base == null) {
            throw ExchangeFailures.noTestingPort(node, path);
        }
        return base;
    }

    /** Returns what a request to a port says of whoever sends it; empty for nothing. */
    String authorization(Port port) {
        return port == Port.API || testingSecret.isEmpty() ? "" : "Bearer " + testingSecret;
    }

    private @Nullable Known look() {
        NodeEndpoint now = locator.locate();
        if (now == null) {
            return null;
        }
        Known last = known;
        if (last == null || !last.endpoint.equals(now)) {
            last = Known.of(now);
            known = last;
        }
        return last;
    }

    @Override
    public String toString() {
        look();
        Known last = known;
        return node + (last == null ? "" : " at " + last.endpoint.api());
    }
}
