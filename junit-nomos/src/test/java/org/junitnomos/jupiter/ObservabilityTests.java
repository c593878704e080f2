package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import com.sun.net.httpserver.HttpServer;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.expectation.MetricMeasure;
import org.junitnomos.metrics.MetricSample;
import org.junitnomos.metrics.QueriedSample;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.NeedsPrometheus;

class ObservabilityTests {
    private static final String HEIGHT = "nomos_dev_node_height";

    @TempDir
    Path directory;

    private NomosTestKit kitHere() {
        return kit().with("nomos.directory", directory.toString());
    }

    private Path run(Class<?> scenario) {
        return directory
                .resolve("ObservabilityTests." + scenario.getSimpleName() + ".run")
                .resolve("1");
    }

    @Observability
    @Topology(backend = "process", validators = 2, slot = "1s")
    @RunFor(value = "30s", cooldown = "6s")
    @ExpectMetric(metric = "consensus_processed_blocks", measure = MetricMeasure.GROWTH, atLeast = 1)
    @ExpectMetric(metric = HEIGHT, measure = MetricMeasure.LAST, atLeast = 2)
    @ExpectMetric(metric = "nomos_process_threads", measure = MetricMeasure.PERCENTILE, percentile = 90, atMost = 200)
    @ExpectQuery(query = "sum(consensus_processed_blocks)", atLeast = 2)
    @ExpectQuery(query = "max_over_time(nomos_run_faults_in_force[1m])", atMost = 0)
    static class Observed {
        private static final Duration INTERVAL = Duration.ofSeconds(5);

        /** For what lies between two looks at the clock. */
        private static final Duration MOMENT = Duration.ofMillis(100);

        @ScenarioTest
        void run(RunContext run) throws InterruptedException {
            run.clock()
                    .await(
                            "Prometheus has a height over 2 of each node",
                            Duration.ofSeconds(20),
                            () -> run.metrics().query(HEIGHT + " > 2").size() == 2);
            for (int i = 0; i < 2; i++) {
                for (var metric : List.of(HEIGHT, "consensus_processed_blocks", "nomos_process_threads")) {
                    assertThat(run.metrics().query(metric))
                            .hasSize(2)
                            .allSatisfy(answer -> equalsWhatWasCollected(
                                    run, metric, answer.labels().get("node")));
                }
                run.clock().sleepSlots(3);
            }
            assertThat(run.metrics().query("count(nomos_client_latency_seconds_bucket{le=\"+Inf\"}) > 0"))
                    .hasSize(1);
            assertThatThrownBy(() -> run.metrics().query("sum("))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Prometheus refuses the query 'sum(': ");
        }

        /** It is what the collector had when Prometheus asked, which is at most one interval ago. */
        private static void equalsWhatWasCollected(RunContext run, String metric, String node) {
            var series = metric + "{node=\"" + node + "\"}";
            QueriedSample asked;
            QueriedSample answer;
            do { // until nothing was scraped between the questions, so that value and time are of one scrape
                asked = one(run, "timestamp(" + series + ")");
                answer = one(run, series);
            } while (one(run, "timestamp(" + series + ")").value() != asked.value());
            var age = Duration.ofNanos((long) ((answer.at().toEpochMilli() / 1e3 - asked.value()) * 1e9));
            assertThat(age).as("age of %s of %s", metric, node).isLessThan(INTERVAL.plus(MOMENT));
            var sinceThen = Duration.between(answer.at(), run.clock().instant());
            var then = run.clock().now().minus(sinceThen).minus(age);
            var samples = run.metrics().series(metric).stream()
                    .filter(each -> each.node().equals(node))
                    .findFirst()
                    .orElseThrow()
                    .samples();
            var last = samples.stream()
                    .filter(sample -> sample.at().compareTo(then.minus(MOMENT)) <= 0)
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(samples)
                    .filteredOn(sample -> sample == last
                            || sample.at().compareTo(last.at()) > 0
                                    && sample.at().compareTo(then.plus(MOMENT)) <= 0)
                    .as("%s of %s, collected when it was scraped at %s", metric, node, then)
                    .extracting(MetricSample::value)
                    .contains(answer.value());
        }

        private static QueriedSample one(RunContext run, String query) {
            var answers = run.metrics().query(query);
            assertThat(answers).as(query).hasSize(1);
            return answers.get(0);
        }
    }

    @Test
    @NeedsPrometheus
    void aRunHasAPrometheusOfItsOwnThatIsGoneAfterIt() throws Exception {
        var outcome = kitHere().with("nomos.keep", "always").execute(Observed.class);

        assertThat(outcome.tests())
                .as(() -> outcome.results().allEvents().failed().list().toString())
                .containsExactly(
                        "run 30 s on 2 validators, process SUCCESSFUL",
                        "expect metric consensus_processed_blocks growth at least 1 SUCCESSFUL",
                        "expect metric nomos_dev_node_height last value at least 2 SUCCESSFUL",
                        "expect metric nomos_process_threads 90th percentile at most 200 SUCCESSFUL",
                        "expect query sum(consensus_processed_blocks) at least 2 SUCCESSFUL",
                        "expect query max_over_time(nomos_run_faults_in_force[1m]) at most 0 SUCCESSFUL");
        var report = Files.readString(run(Observed.class).resolve("report.json"));
        var told = Pattern.compile(
                        "the Prometheus of the run is at (http://127\\.0\\.0\\.1:[0-9]+) \\(/[^)]*/prometheus\\)")
                .matcher(report);
        assertThat(told.find()).as(report).isTrue();
        assertThat(run(Observed.class).resolve("prometheus/data"))
                .as("kept with the evidence")
                .isNotEmptyDirectory();
        assertThat(run(Observed.class).resolve("prometheus/prometheus.yml"))
                .content()
                .contains("scrape_interval: 5000ms");
        var url = URI.create(told.group(1));
        assertThatThrownBy(() -> connect(url)).isInstanceOf(ConnectException.class);
    }

    private static void connect(URI url) throws Exception {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 2_000);
        }
    }

    @Observability
    @Topology(validators = 2)
    @RunFor("1m")
    static class Virtual {
        @ScenarioTest
        void run() {}
    }

    @Test
    void virtualTimeIsRefusedWithTheReason() {
        assertThat(kitHere().execute(Virtual.class).failureOf(""))
                .hasMessageContaining("@Observability is true in virtual time, expected real time: ")
                .hasMessageContaining(
                        "Remove it, for run.metrics() and bounds of metrics need none; or run in real time,"
                                + " by @ScenarioOptions.time and without the setting nomos.time=virtual.");
    }

    @Observability(value = false, image = "prom/prometheus:v2.53.1")
    @Topology(validators = 2)
    @RunFor("1m")
    static class Contradictory {
        @ScenarioTest
        void run() {}
    }

    @Observability(image = "two words")
    @Topology(validators = 2)
    @ScenarioOptions(time = TimeMode.REAL)
    @RunFor("1m")
    static class NoImage {
        @ScenarioTest
        void run() {}
    }

    @Test
    void imagesThatCannotBeMeantAreRefused() {
        assertThat(kitHere().execute(Contradictory.class).failureOf(""))
                .hasMessageContaining("@Observability.image")
                .hasMessageContaining(
                        "is \"prom/prometheus:v2.53.1\" without a Prometheus, expected an image only where"
                                + " @Observability is true. Remove one of them.");
        assertThat(kitHere().execute(NoImage.class).failureOf(""))
                .hasMessageContaining("is \"two words\", expected the name of an image, without blanks."
                        + " Name one such as prom/prometheus:v2.53.1.");
    }

    @Topology(validators = 2, slot = "1s", scope = ClusterScope.CLASS)
    @ScenarioOptions(time = TimeMode.REAL)
    @RunFor(value = "2s", cooldown = "0s")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Shared {
        @ScenarioTest
        void a(RunContext run) {
            assertThatThrownBy(() -> run.metrics().query("up")).hasMessageStartingWith("There is no Prometheus");
        }

        @ScenarioTest
        @Observability
        void b(RunContext run) {
            assertThat(run.metrics().query("vector(1)")).hasSize(1);
        }
    }

    @Test
    @NeedsPrometheus
    void aSharedClusterWithoutOneIsNotTakenForAScenarioWithOne() {
        assertThat(kitHere().execute(Shared.class).tests()).hasSize(2).allMatch(test -> test.endsWith(" SUCCESSFUL"));
    }

    @Topology(validators = 2)
    @RunFor("1m")
    @ExpectQuery(query = "up", atLeast = 1)
    static class QueriedInVirtualTime {
        @ScenarioTest
        void run() {}
    }

    @Test
    void queriesAreRefusedInVirtualTime() {
        assertThat(kitHere().execute(QueriedInVirtualTime.class).failureOf(""))
                .hasMessageContaining("is used in virtual time, expected real time, in which a Prometheus can follow."
                        + " Bound the metric itself with a MetricBound, which needs none.");
    }

    @Topology(validators = 2)
    @RunFor("1m")
    static class Unobserved {
        @ScenarioTest
        void run(RunContext run) {
            assertThatThrownBy(() -> run.metrics().query("up"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("There is no Prometheus that could be asked. Annotate the scenario with @Observability"
                            + " and run it in real time, or name one with nomos.metrics.query.url.");
        }
    }

    @Test
    void theSettingLeavesVirtualTimeAlone() {
        assertThat(kitHere()
                        .with("nomos.observability", "true")
                        .execute(Unobserved.class)
                        .tests())
                .containsExactly("run 1 min on 2 validators, embedded SUCCESSFUL");
    }

    @Topology(validators = 2, slot = "1s")
    @ScenarioOptions(time = TimeMode.REAL)
    @RunFor(value = "2s", cooldown = "0s")
    @ExpectQuery(query = "up", atLeast = 1)
    static class AskedElsewhere {
        @ScenarioTest
        void run(RunContext run) {
            assertThat(run.metrics().query("up"))
                    .extracting(QueriedSample::labels, QueriedSample::value)
                    .containsExactly(tuple(Map.of("__name__", "up", "job", "a"), 0.5), tuple(Map.of("job", "b"), 1.0));
        }
    }

    private static String vector(String... samples) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + String.join(",", samples)
                + "]}}";
    }

    /** Answers as a Prometheus does. */
    private static String answer(String query) {
        if (query.contains("query_range")) {
            var start = Double.parseDouble(query.replaceAll(".*start=([0-9.]+).*", "$1"));
            return vector("{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"values\":[[" + (start + 1) + ",\"0.75\"],["
                            + (start + 2) + ",\"0.25\"]]}")
                    .replace("vector", "matrix");
        }
        return vector(
                "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"value\":[1700000000.5,\"0.5\"]}",
                "{\"metric\":{\"job\":\"b\"},\"value\":[1700000000.5,\"1\"]}");
    }

    @Test
    void oneThatIsThereAlreadyIsAsked() throws Exception {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/prefix/api/v1/", exchange -> {
            try (exchange) {
                var body = answer(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            var outcome = kitHere()
                    .with(
                            "nomos.metrics.query.url",
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/")
                    .with("nomos.observability", "true")
                    .execute(AskedElsewhere.class);

            assertThat(outcome.failureOf("expect query up at least 1"))
                    .hasMessageContaining(
                            "expected each value of up to be at least 1 but:\n" + "  up{job=\"a\"}: 0.5; 0.25 at ")
                    .hasMessageContaining(" was the worst\n    measured: 0.75 at ")
                    .hasMessageNotContaining("job=\"b\"");
            assertThat(run(AskedElsewhere.class).resolve("prometheus"))
                    .as("none is started")
                    .doesNotExist();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyWhoAnswersIsInconclusive() {
        assertThat(kitHere()
                        .with("nomos.metrics.query.url", "http://127.0.0.1:1")
                        .execute(Unasked.class)
                        .failureOf("expect query up at least 1"))
                .hasMessageContaining("inconclusive: Prometheus at http://127.0.0.1:1 cannot be asked: ");
    }

    @Topology(validators = 2, slot = "1s")
    @ScenarioOptions(time = TimeMode.REAL)
    @RunFor(value = "2s", cooldown = "0s")
    @ExpectQuery(query = "up", atLeast = 1)
    static class Unasked {
        @ScenarioTest
        void run() {}
    }
}
