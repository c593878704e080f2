package org.junitnomos.k8s;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;

/** A node of which there is only what its testing port says of the connection to one peer. */
final class PeersStub implements AutoCloseable {
    private final String node;
    private final HttpServer server;
    private final NodeClients clients = NodeClients.overHttp();
    private volatile boolean refused;

    PeersStub(String node, String peer) throws IOException {
        this.node = node;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/test/dev/peers", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String text = "[{\"peer\":\"" + peer + "\",\"address\":\"a:1\",\"connected\":" + !refused
                    + ",\"unreachable\":" + (refused ? 1 : 0) + "}]";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** Say whether the network refuses its connection. */
    void refuse(boolean now) {
        refused = now;
    }

    NodeClient client() {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return clients.client(new NodeEndpoint(node, address, address));
    }

    @Override
    public void close() {
        clients.close();
        server.stop(0);
    }
}
