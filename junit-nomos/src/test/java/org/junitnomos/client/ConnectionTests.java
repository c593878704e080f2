package org.junitnomos.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;

class ConnectionTests {
    /** What a record begins with that belongs to a handshake of TLS. */
    private static final int HANDSHAKE = 22;

    private final NodeClients clients = NodeClients.overHttp();

    @Test
    void greetsByTlsWhereTheAddressSaysSo() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var first = CompletableFuture.supplyAsync(() -> firstByte(server));
            var base = URI.create("https://127.0.0.1:" + server.getLocalPort());
            var client = clients.client(new NodeEndpoint("validator-0", base, base));

            assertThatThrownBy(client::cryptarchiaInfo).isInstanceOf(NodeApiException.class);
            assertThat(first.get(10, SECONDS)).isEqualTo(HANDSHAKE);
        } finally {
            clients.close();
        }
    }

    /** OkHttp keeps five idle connections unless told otherwise, of all nodes together. */
    @Test
    void keepsTheConnectionsOfAllNodes() throws Exception {
        int rounds = 3;
        List<MockWebServer> servers = new ArrayList<>();
        try {
            List<NodeClient> nodes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                var server = new MockWebServer();
                servers.add(server);
                for (int round = 0; round < rounds; round++) {
                    server.enqueue(new MockResponse().setBody("[]"));
                }
                nodes.add(clients.client(
                        new NodeEndpoint("validator-" + i, server.url("/").uri(), null)));
            }
            for (int round = 0; round < rounds; round++) {
                nodes.forEach(node -> node.headers(null, null));
            }

            for (var server : servers) {
                for (int round = 0; round < rounds; round++) {
                    assertThat(server.takeRequest().getSequenceNumber())
                            .as("requests before on the connection")
                            .isEqualTo(round);
                }
            }
        } finally {
            clients.close();
            for (var server : servers) {
                server.close();
            }
        }
    }

    private static int firstByte(ServerSocket server) {
        try (var connection = server.accept()) {
            return connection.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
