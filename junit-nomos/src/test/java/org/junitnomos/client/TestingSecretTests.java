package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The secret of a run goes to testing ports and nowhere else. */
class TestingSecretTests {
    private final MockWebServer api = new MockWebServer();
    private final MockWebServer testing = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        api.start();
        testing.start();
        api.enqueue(new MockResponse().setBody("{\"pending_items\":0,\"last_item_timestamp\":0}"));
        testing.enqueue(new MockResponse().setBody("[]"));
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
        testing.close();
    }

    private static URI address(MockWebServer server) {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private void askBoth(NodeClients clients) {
        try (clients) {
            var client = clients.client(new NodeEndpoint("node-1", address(api), address(testing)));
            client.mempoolMetrics();
            client.devControl().proposals();
        }
    }

    @Test
    void onlyTheTestingPortIsTold() throws Exception {
        askBoth(NodeClients.overHttp(UnaryOperator.identity(), "00ff"));

        assertThat(testing.takeRequest().getHeader("Authorization")).isEqualTo("Bearer 00ff");
        assertThat(api.takeRequest().getHeader("Authorization")).isNull();
    }

    @Test
    void whereThereIsNoneNothingIsSaid() throws Exception {
        askBoth(NodeClients.overHttp());

        assertThat(testing.takeRequest().getHeader("Authorization")).isNull();
        assertThat(api.takeRequest().getHeader("Authorization")).isNull();
    }
}
