package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.HttpTransport.Purpose;
import org.junitnomos.client.HttpTransport.Request;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NetworkLayout;

class EmbeddedTransportTests {
    @TempDir
    Path directory;

    private EmbeddedClusterFixture cluster;

    @BeforeEach
    void createTimeline() {
        cluster = new EmbeddedClusterFixture(directory);
    }

    @AfterEach
    void closeTimeline() {
        cluster.close();
    }

    private static Request get(String host, String path) {
        return new Request("n", "GET", "http://" + host + path, new byte[0], "", Purpose.QUESTION, Timeline.FOREVER);
    }

    private static String text(HttpTransport.Response response) throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void routesByHostNameToTheApiAndToTheTestingPort() throws Exception {
        cluster.deployed(2, deployment -> {
            var api = deployment.transport().exchange(get("validator-1.nomos.test", "/network/info"));
            var testing = deployment.transport().exchange(get("validator-1-testing.nomos.test:80", "/test/dev/links"));

            assertThat(api.status()).isEqualTo(200);
            assertThat(text(api)).contains("\"n_peers\":1");
            assertThat(text(testing)).contains("\"peer\":\"validator-0\"");
        });
    }

    @Test
    void answersWhatTheNodeAnswers() throws Exception {
        cluster.deployed(
                1,
                deployment -> assertThat(deployment
                                .transport()
                                .exchange(get("validator-0.nomos.test", "/no/such/route"))
                                .status())
                        .isEqualTo(404));
    }

    @Test
    void knowsNoOtherHost() throws Exception {
        cluster.deployed(
                1,
                deployment -> assertThatThrownBy(
                                () -> deployment.transport().exchange(get("validator-1.nomos.test", "/")))
                        .isInstanceOf(UnknownHostException.class)
                        .hasMessage("validator-1.nomos.test"));
    }

    @Test
    void refusesTheConnectionOfAStoppedNode() throws Exception {
        cluster.deployed(2, deployment -> {
            deployment.control().stop("validator-1");

            assertThatThrownBy(() -> deployment.transport().exchange(get("validator-1.nomos.test", "/network/info")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("Connection refused");
            assertThatThrownBy(() -> deployment.transport().exchange(get("validator-1-testing.nomos.test", "/x")))
                    .isInstanceOf(ConnectException.class);
        });
    }

    @Test
    void breaksTheConnectionOfANodeThatDiesOfARequest() throws Exception {
        cluster.deployed(2, deployment -> {
            assertThatThrownBy(() -> deployment.transport().exchange(get("validator-1.nomos.test", "/panic")))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");

            assertThat(deployment.node("validator-1").isRunning()).isFalse();
            assertThat(cluster.states)
                    .contains("validator-1 DEAD unintended: java.lang.IllegalStateException: planted");
            assertThatThrownBy(() -> deployment.transport().exchange(get("validator-1.nomos.test", "/panic")))
                    .isInstanceOf(ConnectException.class);
        });
    }

    @Test
    void explainsThatAForeignThreadCannotAsk() throws Exception {
        var deployment = (EmbeddedDeployment) cluster.managed(() ->
                cluster.deployer().deploy(cluster.request(EmbeddedClusterFixture.topology(1, NetworkLayout.STAR))));

        assertThatThrownBy(() -> deployment.transport().exchange(get("validator-0.nomos.test", "/network/info")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET http://validator-0.nomos.test/network/info");

        cluster.managed(() -> {
            deployment.close();
            return null;
        });
    }

    @Test
    void decodesPathAndQuery() {
        var request = EmbeddedTransport.parse(new Request(
                "n",
                "POST",
                "http://h/wallet/a%20b+c/balance?tip=0%2B1&empty=&flag&blank=x+y",
                new byte[] {1},
                "",
                Purpose.COMMAND,
                Timeline.FOREVER));

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/wallet/a b+c/balance");
        assertThat(request.query())
                .containsExactly(
                        Map.entry("tip", "0+1"),
                        Map.entry("empty", ""),
                        Map.entry("flag", ""),
                        Map.entry("blank", "x y"));
        assertThat(request.contentType()).isEqualTo("application/json");
        assertThat(request.body()).containsExactly(1);
    }

    @Test
    void answers400ToAQueryThatCannotBeDecoded() throws Exception {
        cluster.deployed(1, deployment -> {
            var response = deployment.transport().exchange(get("validator-0.nomos.test", "/echo?tip=%zz"));

            assertThat(response.status()).isEqualTo(400);
            assertThat(text(response)).startsWith("Failed to deserialize query string");
        });
    }
}
