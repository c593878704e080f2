package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpReceiverTests {
    private static final String NODE = "validator-0";
    private static final String HOST = "127.0.0.1";

    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nanos = new AtomicLong();
    private final OtlpReceiver receiver = new OtlpReceiver(null, "secret", nanos::get, notices::add, true);

    @AfterEach
    void close() {
        receiver.close();
    }

    private URI endpoint() {
        return receiver.endpoint(NODE, HOST).orElseThrow();
    }

    private static byte[] recorded() throws IOException {
        try (var body = OtlpReceiverTests.class.getResourceAsStream("otlp-metrics.bin")) {
            return Objects.requireNonNull(body).readAllBytes();
        }
    }

    private static int push(URI to, byte[] body, String type) throws Exception {
        var request = HttpRequest.newBuilder(to)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static int push(URI to, byte[] body) throws Exception {
        return push(to, body, "application/x-protobuf");
    }

    private Map<String, String> values() {
        var told = receiver.of(NODE).orElseThrow();
        assertThat(told.problem()).isNull();
        return told.values();
    }

    @Test
    void takesWhatARealNodePushes() throws Exception {
        assertThat(push(endpoint(), recorded())).isEqualTo(200);

        assertThat(values())
                .containsExactly(
                        Map.entry("consensus_processed_blocks", "13"),
                        Map.entry("received_blocks{bytes=\"0\",transactions=\"0\"}", "13"));
        assertThat(receiver.of("validator-1")).isEmpty();
        assertThat(notices).isEmpty();
    }

    private SdkMeterProvider sdk(AggregationTemporalitySelector temporality) {
        var exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint().toString())
                .setCompression("gzip")
                .setAggregationTemporalitySelector(temporality)
                .build();
        return SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofDays(1))
                        .build())
                .build();
    }

    private static void flush(SdkMeterProvider provider) {
        assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    @Test
    void takesWhatTheSdkOfOpenTelemetryPushes() {
        try (var provider = sdk(AggregationTemporalitySelector.alwaysCumulative())) {
            var meter = provider.get("test");
            var counter = meter.counterBuilder("blocks.applied").build();
            counter.add(3, Attributes.of(AttributeKey.stringKey("peer.id"), "a\"b"));
            meter.gaugeBuilder("temperature").build().set(-0.5);
            var latency = meter.histogramBuilder("latency")
                    .setExplicitBucketBoundariesAdvice(List.of(0.5, 1.0))
                    .build();
            latency.record(0.25);
            latency.record(0.75);
            latency.record(7);
            flush(provider);

            assertThat(values())
                    .containsEntry("blocks_applied{peer_id=\"a\\\"b\"}", "3")
                    .containsEntry("temperature", "-0.5")
                    .containsEntry("latency_bucket{le=\"0.5\"}", "1")
                    .containsEntry("latency_bucket{le=\"1\"}", "2")
                    .containsEntry("latency_bucket{le=\"+Inf\"}", "3")
                    .containsEntry("latency_count", "3")
                    .containsEntry("latency_sum", "8");

            counter.add(2, Attributes.of(AttributeKey.stringKey("peer.id"), "a\"b"));
            flush(provider);

            assertThat(values()).containsEntry("blocks_applied{peer_id=\"a\\\"b\"}", "5");
        }
    }

    @Test
    void addsUpGrowths() {
        try (var provider = sdk(AggregationTemporalitySelector.deltaPreferred())) {
            var counter = provider.get("test").counterBuilder("blocks").build();
            counter.add(3);
            flush(provider);
            counter.add(4);
            flush(provider);

            assertThat(values()).containsEntry("blocks", "7");

            receiver.forget(NODE);
            assertThat(receiver.of(NODE)).as("a new life").isEmpty();
            counter.add(1);
            flush(provider);

            assertThat(values()).containsEntry("blocks", "1");
        }
    }

    @Test
    void leavesOutWhatIsTooMuch() {
        try (var provider = sdk(AggregationTemporalitySelector.alwaysCumulative())) {
            var counter = provider.get("test").counterBuilder("blocks").build();
            for (int i = 0; i < 1_100; i++) {
                counter.add(1, Attributes.of(AttributeKey.longKey("size"), (long) i));
            }
            flush(provider);

            assertThat(values()).hasSize(1_000);
            assertThat(notices).containsExactly("validator-0 tells more than 1000 metrics; others are left out.");
        }
    }

    @Test
    void saysThatANodePushesNoMore() throws Exception {
        push(endpoint(), recorded());
        nanos.set(Duration.ofSeconds(31).toNanos());

        assertThat(receiver.of(NODE).orElseThrow().problem()).isEqualTo("it has pushed no metrics for 31 s");
    }

    @Test
    void refusesWhatIsNoPushOfANode() throws Exception {
        var endpoint = endpoint();
        var elsewhere = URI.create("http://" + HOST + ":" + endpoint.getPort() + "/v1/metrics");

        assertThat(push(elsewhere, recorded())).isEqualTo(404);
        assertThat(push(URI.create(endpoint.toString().replace(NODE, "validator-9")), recorded()))
                .isEqualTo(404);
        assertThat(push(endpoint, recorded(), "application/json")).isEqualTo(415);
        assertThat(push(endpoint, new byte[(4 << 20) + 1])).isEqualTo(413);
        assertThat(push(endpoint, Arrays.copyOf(recorded(), 100))).isEqualTo(400);
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(endpoint).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
        assertThat(receiver.of(NODE)).isEmpty();
        assertThat(notices)
                .hasSize(2)
                .first()
                .isEqualTo("A push of metrics of validator-0 is longer than 4 MiB, and left out.");
    }

    @Test
    void sendsOnWhatItTakes() throws Exception {
        try (var between = new OtlpReceiver(endpoint(), "secret", nanos::get, notices::add, false)) {
            assertThat(push(between.endpoint(NODE, HOST).orElseThrow(), recorded()))
                    .isEqualTo(200);

            await().until(() -> receiver.of(NODE).isPresent());
            assertThat(values()).containsEntry("consensus_processed_blocks", "13");
            assertThat(between.of(NODE)).as("without the classes of OTLP").isEmpty();
        }
    }

    @Test
    void saysWhoDoesNotTakeThem() throws Exception {
        var nowhere = URI.create("http://" + HOST + ":" + endpoint().getPort() + "/");
        try (var between = new OtlpReceiver(nowhere, "secret", nanos::get, notices::add, true)) {
            push(between.endpoint(NODE, HOST).orElseThrow(), recorded());

            await().until(() -> !notices.isEmpty());
            assertThat(notices).containsExactly(nowhere + " does not take the metrics of the nodes: it answered 404.");
        }
    }

    @Test
    void saysThatItReadsNothingWithoutTheLibrary() {
        try (var without = new OtlpReceiver(null, "secret", nanos::get, notices::add, false)) {
            assertThat(without.endpoint(NODE, HOST)).isEmpty();
            assertThat(without.endpoint("validator-1", HOST)).isEmpty();
        }
        assertThat(notices)
                .containsExactly(
                        "The metrics of real nodes are not received, because the classes of OTLP are not on the"
                                + " class path: add io.opentelemetry.proto:opentelemetry-proto to your tests.");
    }

    @Test
    void opensNothingAfterItsEnd() {
        receiver.close();

        assertThat(receiver.endpoint(NODE, HOST)).isEmpty();
    }
}
