package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.TopologySpec;

/** Any HTTP client reaches an embedded node, as an application under test does. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeUrlTests {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private interface Body {
        void run(Deployment cluster) throws Exception;
    }

    private static TopologySpec topology(int validators, boolean urls) {
        return Scenario.builder()
                .validators(validators)
                .slot(Duration.ofMillis(100))
                .urls(urls)
                .build()
                .topology();
    }

    private DeployRequest request(Timeline timeline, TopologySpec topology) {
        return new DeployRequestValues(
                topology,
                4711,
                timeline,
                directory,
                Duration.ofSeconds(60),
                LogLevel.DEBUG,
                (node, state, intended, reason) -> {});
    }

    private void deployed(int validators, Body body) throws Exception {
        try (var timeline = new RealTimeline();
                var cluster = new EmbeddedDeployer().deploy(request(timeline, topology(validators, true)))) {
            body.run(cluster);
        }
    }

    private static HttpRequest get(NodeHandle node, String path) {
        return HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private static HttpResponse<String> ask(NodeHandle node, String path) throws Exception {
        return CLIENT.send(get(node, path), BodyHandlers.ofString());
    }

    @Test
    void isAnsweredAsByTheClientOfTheNode() throws Exception {
        deployed(2, cluster -> {
            var node = cluster.node("validator-1");
            var answer = ask(node, "/network/info");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"n_peers\":1");
            assertThat(ask(node, "/no/such/route").statusCode()).isEqualTo(404);
            assertThat(node.client().endpoint().api()).isEqualTo(node.url());
            assertThat(node.client().networkInfo().peers()).isEqualTo(1);
            assertThat(node.url()).isNotEqualTo(cluster.node("validator-0").url());
        });
    }

    @Test
    void streamsBlocks() throws Exception {
        deployed(1, cluster -> {
            var stream = CLIENT.send(
                    get(cluster.nodes().get(0), "/cryptarchia/blocks/stream"), BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).contains("\"header\"");
                assertThat(lines.readLine()).contains("\"header\"");
            }
            assertThat(ask(cluster.nodes().get(0), "/cryptarchia/info").statusCode())
                    .isEqualTo(200);
        });
    }

    @Test
    void endsStreamsWithTheNode() throws Exception {
        deployed(2, cluster -> {
            var node = cluster.node("validator-1");
            var stream = CLIENT.send(get(node, "/cryptarchia/blocks/stream"), BodyHandlers.ofInputStream());

            cluster.control().kill("validator-1");

            try (var body = stream.body()) {
                assertThatThrownBy(() -> {
                            body.readAllBytes();
                            throw new IOException("ended in order");
                        })
                        .isInstanceOf(IOException.class);
            }
        });
    }

    @Test
    void isTheSameAfterARestartAndRefusesMeanwhile() throws Exception {
        deployed(2, cluster -> {
            var node = cluster.node("validator-1");
            var before = node.url();

            cluster.control().stop("validator-1");
            assertThatThrownBy(() -> ask(node, "/cryptarchia/info")).isInstanceOf(ConnectException.class);

            cluster.control().start("validator-1");
            assertThat(node.url()).isEqualTo(before);
            assertThat(ask(node, "/cryptarchia/info").statusCode()).isEqualTo(200);
        });
    }

    @Test
    void waitsWhileTheNodeIsPaused() throws Exception {
        deployed(2, cluster -> {
            cluster.control().pause("validator-1");
            var answer =
                    CLIENT.sendAsync(get(cluster.node("validator-1"), "/cryptarchia/info"), BodyHandlers.ofString());

            cluster.control().resume("validator-1");

            assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        });
    }

    @Test
    void comesWithANodeThatJoinsAndGoesWithOneThatLeaves() throws Exception {
        deployed(2, cluster -> {
            var added = cluster.node(
                    cluster.control().add(NodeRole.VALIDATOR).targets().get(0));
            assertThat(ask(added, "/cryptarchia/info").statusCode()).isEqualTo(200);
            var url = added.url();

            cluster.control().remove(added.name());

            assertThat(isFree(url)).isTrue();
        });
    }

    @Test
    void isGoneWithTheDeployment() throws Exception {
        var urls = new ArrayList<URI>();
        deployed(3, cluster -> cluster.nodes().forEach(node -> urls.add(node.url())));

        assertThat(urls).hasSize(3).allMatch(NodeUrlTests::isFree);
    }

    private static boolean isFree(URI url) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // only who listens is in the way
            socket.bind(new InetSocketAddress(url.getHost(), url.getPort()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void saysHowToAskForIt() throws Exception {
        try (var timeline = new RealTimeline();
                var cluster = new EmbeddedDeployer().deploy(request(timeline, topology(1, false)))) {
            assertThatThrownBy(() -> cluster.nodes().get(0).url())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Node 'validator-0' has no URL: nodes of backend 'embedded' listen on a port only where"
                            + " the plan asks for it. Set @Topology(urls = true), or urls(true) in code, which runs in"
                            + " real time; or ask by NodeHandle.client().");
        }
    }

    @Test
    void isNotToBeHadInVirtualTime() throws Exception {
        try (var timeline = new VirtualTimeline()) {
            assertThatThrownBy(() ->
                            timeline.call(() -> new EmbeddedDeployer().deploy(request(timeline, topology(1, true)))))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessage("Nodes with URLs run in real time only, but the timeline is virtual. Use real time.");
        }
    }

    @Test
    void namesThePortThatSomebodyElseTook() throws Exception {
        deployed(2, cluster -> {
            var node = cluster.node("validator-1");
            cluster.control().stop("validator-1");
            try (var taken = new ServerSocket()) {
                taken.bind(
                        new InetSocketAddress(node.url().getHost(), node.url().getPort()));

                assertThatThrownBy(() -> cluster.control().start("validator-1"))
                        .hasMessageContaining("Node 'validator-1' has no URL: ")
                        .hasMessageContaining(node.url().getAuthority());
            }
        });
    }
}
