package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;

/** In virtual time, of nodes that say what the test wants. */
class MetricsCollectorTests {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Timeline timeline = new VirtualTimeline();
    private final NodeClients clients = NodeClients.over(this::exchange);
    private final List<Node> nodes = new ArrayList<>();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final Map<String, PushedMetrics.Told> pushes = new TreeMap<>();
    private final PushedMetrics pushed = new PushedMetrics() {
        @Override
        public Optional<Told> of(String node) {
            return Optional.ofNullable(pushes.get(node));
        }

        @Override
        public void forget(String node) {
            pushes.remove(node);
        }
    };
    private final MetricsCollector collector = new MetricsCollector(timeline, cluster(), journal, PERIOD, pushed);
    private final RunMetrics metrics = new RecordedMetrics(journal, collector::sample, Optional::empty);

    /** A node that answers with a text; null: nobody listens. */
    private static final class Node implements NodeHandle {
        final NodeSpec spec;
        final NodeClient client;
        boolean runs = true;
        boolean paused;
        int status = 200;
        int asked;

        @Nullable
        String text = "";

        Node(NodeSpec spec, NodeClient client) {
            this.spec = spec;
            this.client = client;
        }

        @Override
        public NodeSpec spec() {
            return spec;
        }

        @Override
        public NodeClient client() {
            return client;
        }

        @Override
        public boolean isRunning() {
            return runs;
        }

        @Override
        public boolean isPaused() {
            return paused;
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }
    }

    private Cluster cluster() {
        return (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> nodes);
    }

    private Node node() {
        var spec = new NodeSpec("validator-" + nodes.size(), NodeRole.VALIDATOR, nodes.size());
        var address = URI.create("http://" + spec.name());
        var node = new Node(spec, clients.client(new NodeEndpoint(spec.name(), address, address)));
        nodes.add(node);
        return node;
    }

    private HttpTransport.Response exchange(HttpTransport.Request request) throws IOException {
        var node = nodes.stream()
                .filter(each -> each.name().equals(request.host()))
                .findFirst()
                .orElseThrow();
        if (request.path().equals("/metrics")) {
            node.asked++;
        }
        var text = node.text;
        if (text == null) {
            throw new ConnectException("Connection refused");
        }
        return new HttpTransport.Response(
                node.status, Map.of(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Steps {
        void run() throws Exception;
    }

    private void run(Steps steps) throws Exception {
        timeline.call(() -> {
            steps.run();
            return null;
        });
    }

    private List<MetricsSampled> events() {
        return journal.events(MetricsSampled.class);
    }

    @AfterEach
    void close() {
        clients.close();
        timeline.close();
    }

    @Test
    void asksEveryNodeEachPeriodAndWritesWhatChanged() throws Exception {
        var first = node();
        var second = node();
        run(() -> {
            first.text = "height 1\nrate{a=\"b\"} 0.5\n";
            second.text = "height 2\n";
            collector.sample();
            collector.start();
            first.text = "height 3\nrate{a=\"b\"} 0.5\n";
            timeline.sleep(PERIOD);
            first.text = "height 4\n";
            timeline.sleep(PERIOD);
            collector.stop();
            timeline.sleep(PERIOD);
        });

        assertThat(events())
                .containsExactly(
                        new MetricsSampled(
                                0, "validator-0", new TreeMap<>(Map.of("height", "1", "rate{a=\"b\"}", "0.5")), null),
                        new MetricsSampled(0, "validator-1", Map.of("height", "2"), null),
                        new MetricsSampled(PERIOD.toNanos(), "validator-0", Map.of("height", "3"), null),
                        new MetricsSampled(PERIOD.toNanos(), "validator-1", Map.of(), null),
                        new MetricsSampled(
                                2 * PERIOD.toNanos(),
                                "validator-0",
                                new TreeMap<>(Map.of("height", "4", "rate{a=\"b\"}", "")),
                                null),
                        new MetricsSampled(2 * PERIOD.toNanos(), "validator-1", Map.of(), null));
        assertThat(metrics.nodes()).containsExactly("validator-0", "validator-1");
        assertThat(metrics.metrics("validator-0")).map(Metric::toString).containsExactly("height", "rate{a=\"b\"}");
        assertThat(metrics.series("height"))
                .map(MetricSeries::samples)
                .containsExactly(
                        List.of(sample(0, 1), sample(5, 3), sample(10, 4)),
                        List.of(sample(0, 2), sample(5, 2), sample(10, 2)));
        assertThat(metrics.series("rate").get(0).samples())
                .containsExactly(sample(0, 0.5), sample(5, 0.5), missing(10, "it does not tell this"));
        assertThat(metrics.value("validator-0", "height")).hasValue(4);
        assertThat(metrics.value("validator-0", "rate")).isEmpty();
        assertThat(metrics.value("validator-9", "height")).isEmpty();
    }

    private static MetricSample sample(int second, double value) {
        return new MetricSample(Duration.ofSeconds(second), value, null);
    }

    private static MetricSample missing(int second, String why) {
        return new MetricSample(Duration.ofSeconds(second), Double.NaN, why);
    }

    /** Every metric of the node is another one each time that it is asked. */
    private void changeAll(Node node, int metrics) {
        node.text = IntStream.range(0, metrics)
                .mapToObj(i -> "metric_" + i + " " + (node.asked + i) + "\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({"24, 500", "240, 500", "1, 360"})
    void whatIsKeptOfALongRunIsBounded(int hours, int times) throws Exception {
        var node = node();
        var window = Duration.ofHours(hours);
        var period = MetricsCollector.period(Duration.ofSeconds(2), window);
        var ofLongRun = new MetricsCollector(timeline, cluster(), journal, period, pushed);
        run(() -> {
            changeAll(node, 50);
            ofLongRun.sample();
            ofLongRun.start();
            for (int i = 0; i < times; i++) {
                changeAll(node, 50);
                timeline.sleep(period);
            }
            ofLongRun.stop();
        });

        assertThat(timeline.now()).as("the whole run window").isEqualTo(window);
        assertThat(events()).as("with the baseline").hasSize(times + 1);
        assertThat(events().stream().mapToInt(event -> event.values().size()).sum())
                .as("values of the metrics that the node tells, and of the 1 route that is asked")
                .isLessThanOrEqualTo((times + 1) * (50 + 5));
        assertThat(metrics.series("metric_7"))
                .singleElement()
                .satisfies(series -> assertThat(series.samples()).hasSize(times + 1));
        assertThat(name(times)).as("names are kept once").isSameAs(name(1));
    }

    private String name(int event) {
        return events().get(event).values().keySet().stream()
                .filter("metric_7"::equals)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNodeThatDoesNotTellHasNoValueThen() throws Exception {
        var node = node();
        run(() -> {
            node.text = "height 1\n";
            metrics.sample();
            node.runs = false;
            metrics.sample();
            node.runs = true;
            node.paused = true;
            metrics.sample();
            node.paused = false;
            node.text = null;
            metrics.sample();
            node.text = "height \u001bone";
            metrics.sample();
            node.text = "height 1\n";
            metrics.sample();
        });

        assertThat(metrics.series("height")).singleElement().satisfies(series -> {
            assertThat(series.samples())
                    .containsExactly(
                            sample(0, 1),
                            missing(0, "it does not run"),
                            missing(0, "it is paused"),
                            missing(0, "connection refused"),
                            missing(0, "its metrics cannot be read: line 1: expected a number but was '\\u001bone'"),
                            sample(0, 1));
            assertThat(series.last()).hasValue(1);
        });
        assertThat(events().get(5).values()).as("what is as it was").isEmpty();
    }

    @Test
    void aNodeThatHasNoMetricsIsNotAskedForThemAgainInThatLife() throws Exception {
        var node = node();
        run(() -> {
            node.status = 404;
            collector.sample();
            collector.sample();
            assertThat(node.asked).isOne();
            node.runs = false;
            collector.sample();
            node.runs = true;
            node.status = 200;
            node.text = "height 1";
            collector.sample();
        });

        assertThat(events())
                .map(MetricsSampled::problem)
                .containsExactly("status 404", "status 404", "it does not run", null);
    }

    @Test
    void tellsWhatOurClientSees() throws Exception {
        var node = node();
        run(() -> {
            node.text = "{\"listen_addresses\":[],\"n_peers\":1,\"n_connections\":1,\"n_pending_connections\":0}";
            node.client.networkInfo();
            node.status = 503;
            catchThrowable(node.client::networkInfo);
            node.status = 422;
            catchThrowable(node.client::networkInfo);
            node.text = null;
            collector.sample();
        });

        assertThat(metrics.value("validator-0", "nomos_client_requests{route=\"/network/info\"}"))
                .hasValue(3);
        assertThat(metrics.value("validator-0", "nomos_client_errors")).hasValue(1);
        assertThat(metrics.value("validator-0", "nomos_client_seconds")).isEqualTo(OptionalDouble.of(0));
        assertThat(events().get(0).problem()).isEqualTo("connection refused");
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() throws Exception {
        var node = node();
        node.text = IntStream.range(0, 70_000).mapToObj(i -> "# a comment " + i).collect(Collectors.joining("\n"));
        run(collector::sample);

        assertThat(events().get(0).problem()).contains("expected at most 1048576 bytes of metrics but was ");
    }

    @Test
    void aLongRunIsAskedNoMoreOftenThanAShortOne() {
        var slot = Duration.ofSeconds(1);

        assertThat(MetricsCollector.period(slot, Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(5));
        assertThat(MetricsCollector.period(slot, Duration.ofHours(10))).isEqualTo(Duration.ofSeconds(72));
    }

    @Test
    void takesWhatANodePushesBeforeItAsks() {
        var node = node();
        node.status = 404;
        pushes.put("validator-0", new PushedMetrics.Told(new TreeMap<>(Map.of("height", "3")), null));
        collector.sample();
        assertThat(metrics.value("validator-0", "height")).hasValue(3);
        assertThat(node.asked).isZero();

        pushes.put("validator-0", new PushedMetrics.Told(new TreeMap<>(), "it has pushed no metrics for 31 s"));
        collector.sample();
        assertThat(metrics.series("height").get(0).samples())
                .extracting(MetricSample::missing)
                .containsExactly(null, "it has pushed no metrics for 31 s");

        node.runs = false;
        collector.sample();
        assertThat(pushes).as("of a life that is over").isEmpty();
    }

    @Test
    void servesAllItHasAsAPage() {
        var node = node();
        node.text = "height 3\npeers{node=\"x\"} 2\n";
        collector.sample();
        assertThatThrownBy(() -> node.client().networkInfo()).as("no JSON").isNotNull();
        collector.sample();

        assertThat(collector.page().lines())
                .contains(
                        "nomos_run_faults_in_force 0",
                        "height{job=\"validator-0\",node=\"validator-0\"} 3",
                        "nomos_client_latency_seconds_bucket{job=\"validator-0\",le=\"20\",node=\"validator-0\","
                                + "route=\"/network/info\"} 0",
                        "nomos_client_latency_seconds_bucket{job=\"validator-0\",le=\"+Inf\",node=\"validator-0\","
                                + "route=\"/network/info\"} 1",
                        "peers{exported_node=\"x\",job=\"validator-0\",node=\"validator-0\"} 2");
        assertThat(MetricText.parse(collector.page())).as("can be read").isNotEmpty();

        node.runs = false;
        collector.sample();
        assertThat(collector.page()).doesNotContain("height{");
    }
}
