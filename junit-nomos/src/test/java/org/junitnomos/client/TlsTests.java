package org.junitnomos.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TlsTests {
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

    private static int firstByte(ServerSocket server) {
        try (var connection = server.accept()) {
            return connection.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
