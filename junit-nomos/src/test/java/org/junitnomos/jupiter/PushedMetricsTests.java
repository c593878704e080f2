package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.metrics.QueriedSample;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.testkit.NeedsPrometheus;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;

/** From the SDK of OpenTelemetry through the port of a run to its Prometheus. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@NeedsPrometheus
class PushedMetricsTests {
    private static final Pattern ENDPOINT = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/[^\\s\"']+/v1/metrics");
    private static final String QUERY = "wallets_known{node=\"validator-0\",kind=\"leader\"}";

    @TempDir
    Path directory;

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    /** The program in place of a real node pushes nothing; the test does so, to where its configuration says. */
    @Observability
    @Topology(backend = "process", validators = 1, slot = "1s")
    @RunFor(value = "30s", cooldown = "0s")
    @ExpectMetric(metric = "wallets_known", node = "validator-0", atLeast = 42, breach = 0.9)
    @ExpectQuery(query = QUERY, atLeast = 42, atMost = 42)
    static class Pushed {
        @ScenarioTest
        void run(RunContext run) throws Exception {
            try (var provider = sdk(endpoint(run.directory()))) {
                provider.get("test")
                        .gaugeBuilder("wallets.known")
                        .build()
                        .set(42, Attributes.of(AttributeKey.stringKey("kind"), "leader"));

                run.clock()
                        .await(
                                "Prometheus has what was pushed",
                                Duration.ofSeconds(25),
                                () -> run.metrics().query(QUERY).stream()
                                        .map(QueriedSample::value)
                                        .toList()
                                        .contains(42.0));
            }
            assertThat(run.metrics().value("validator-0", "wallets_known{kind=\"leader\"}"))
                    .hasValue(42);
        }

        private static String endpoint(Path run) throws IOException {
            var configuration = Files.readString(run.resolve("nodes/validator-0/config.yaml"));
            var endpoint = ENDPOINT.matcher(configuration);
            assertThat(endpoint.find()).as(configuration).isTrue();
            return endpoint.group();
        }

        private static SdkMeterProvider sdk(String endpoint) {
            var exporter =
                    OtlpHttpMetricExporter.builder().setEndpoint(endpoint).build();
            return SdkMeterProvider.builder()
                    .registerMetricReader(PeriodicMetricReader.builder(exporter)
                            .setInterval(Duration.ofSeconds(1))
                            .build())
                    .build();
        }
    }

    @Test
    @TestLimit(120)
    void areSeenInThePrometheusOfTheRun() throws IOException {
        StandIns.in(Files.createDirectory(directory.resolve("bin"))).settings().forEach(properties::set);
        properties.set("nomos.nodes", "real");

        var outcome = kit().with("nomos.directory", directory.toString())
                .with("nomos.backend", "process")
                .execute(Pushed.class);

        assertThat(outcome.tests())
                .as("beside containers %s", outcome.containers())
                .hasSize(3)
                .allMatch(test -> test.endsWith(" SUCCESSFUL"), "passed");
    }
}
