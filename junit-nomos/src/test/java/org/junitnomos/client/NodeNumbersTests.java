package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.ZkPublicKey;

/** What a node tells in numbers, and what its client counts. */
class NodeNumbersTests {
    private static final String LIB = "02962bd04c3b48dcb0775ffc3c341b2d507d86f53cc3e571cea9cf7eef08dc10";
    private static final String TIP = "7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03";
    private static final String KEY = "29b67531bb6456772e2d0aaef94bbe48df0c6fdcfe03c56e9ce86b3c104e861a";

    private final MockWebServer server = new MockWebServer();
    private final NodeClients clients = NodeClients.overHttp();
    private NodeClient client;

    @BeforeEach
    void start() throws Exception {
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getPort());
        client = clients.client(new NodeEndpoint("node-1", address, address));
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private void answer(String json) {
        server.enqueue(new MockResponse().setBody(json));
    }

    @Test
    void takesTheMetricsOfTheTestingPortAsTheyAre() throws Exception {
        server.enqueue(new MockResponse().setBody("# no JSON\na{b=\"\u00e4\"} 1\n"));

        assertThat(client.devControl().metrics()).isEqualTo("# no JSON\na{b=\"\u00e4\"} 1\n");
        assertThat(server.takeRequest().getRequestLine()).isEqualTo("GET /metrics HTTP/1.1");
    }

    @Test
    void refusesMetricsThatAreTooLong() {
        server.enqueue(new MockResponse().setBody("#".repeat((1 << 20) + 1)));

        assertThatThrownBy(() -> client.devControl().metrics())
                .hasMessageContaining("expected at most 1048576 bytes of metrics but was 1048577");
    }

    @Test
    void countsWhatItAsksByRoute() {
        answer("[]");
        answer("[]");
        answer("null");
        server.enqueue(new MockResponse().setResponseCode(500).setBody("channel closed"));
        server.enqueue(new MockResponse().setResponseCode(404));

        client.headers(null, null);
        client.withTimeout(Duration.ofSeconds(9)).headers(HeaderId.fromHex(LIB), null);
        client.block(HeaderId.fromHex(TIP));
        assertThatThrownBy(() -> client.walletBalance(ZkPublicKey.fromHex(KEY), null))
                .hasMessageContaining("500");
        assertThatThrownBy(() -> client.devControl().links()).hasMessageContaining("404");

        var tallies = client.takeTallies();
        assertThat(tallies)
                .extracting(RouteTally::route, RouteTally::requests, RouteTally::errors)
                .containsExactly(
                        tuple("/cryptarchia/headers", 2L, 0L),
                        tuple("/storage/block", 1L, 0L),
                        tuple("/wallet/:public_key/balance", 1L, 1L));
        assertThat(tallies)
                .allSatisfy(tally -> assertThat(tally.slowest()).isPositive().isLessThanOrEqualTo(tally.nanos()));
        assertThat(client.takeTallies()).allSatisfy(tally -> {
            assertThat(tally.slowest()).isZero();
            assertThat(tally.nanos()).isPositive();
        });
    }
}
