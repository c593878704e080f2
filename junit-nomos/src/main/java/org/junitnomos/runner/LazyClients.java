package org.junitnomos.runner;

import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;

/** Makes HTTP clients for backends that ask for them; those of this library have clients of their own. */
final class LazyClients implements AutoCloseable {
    private @Nullable NodeClients clients;

    synchronized NodeClient client(NodeEndpoint endpoint) {
        if (clients == null) {
            clients = NodeClients.overHttp();
        }
        return clients.client(endpoint);
    }

    @Override
    public synchronized void close() {
        if (clients != null) {
            clients.close();
        }
    }
}
