package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeClients;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.MetricsSink;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.TopologySpec;

/** A backend of one's own can be written with what is promised. */
class OwnBackendTests {
    private static final String TIP = "7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03";
    private static final String INFO =
            "{\"lib\":\"" + TIP + "\",\"tip\":\"" + TIP + "\",\"slot\":17,\"height\":3,\"mode\":\"Online\"}";

    private final MockWebServer server = new MockWebServer();
    private final NodeClients clients = NodeClients.overHttp();
    private final RealTimeline timeline = new RealTimeline();
    private final List<String> states = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        timeline.close();
        server.close();
    }

    private Deployment deploy(Duration timeout) throws Exception {
        var backend = new OwnBackend(Map.of("validator-0", URI.create("http://127.0.0.1:" + server.getPort())));
        var request = new DeployRequestValues(
                TopologySpec.of(1, 0),
                1,
                timeline,
                directory,
                timeout,
                LogLevel.INFO,
                (node, state, intended, reason) -> states.add(node + " " + state + ": " + reason),
                clients::client,
                List.of(),
                MetricsSink.NONE);
        return timeline.call(() -> backend.deploy(request));
    }

    private void answer(int status, String body) {
        server.enqueue(
                new MockResponse().setResponseCode(status).setBody(body).addHeader("content-type", "application/json"));
    }

    @Test
    void attachesToNodesThatRun() throws Exception {
        answer(500, "\"not yet\"");
        answer(200, INFO);
        answer(200, INFO);

        try (var cluster = deploy(Duration.ofMinutes(1))) {
            assertThat(cluster.node("validator-0").client().cryptarchiaInfo().height())
                    .isEqualTo(3);
            assertThat(cluster.chainStart()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }
        assertThat(states).containsExactly("validator-0 SPAWNED: runs already", "validator-0 READY: answers");
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        answer(500, "\"never\"");

        assertThatThrownBy(() -> deploy(Duration.ZERO))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Node 'validator-0' does not answer");
    }
}
