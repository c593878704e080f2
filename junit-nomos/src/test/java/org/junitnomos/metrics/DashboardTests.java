package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.testkit.NeedsPrometheus;
import org.junitnomos.time.RealTimeline;

/** The dashboard is what Grafana imports, and shows what there is. */
class DashboardTests {
    private static final Pattern METRIC = Pattern.compile("\\b(?:nomos|consensus)_[a-z_]+");
    private static final int COLUMNS = 24;

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("..", "docs", "grafana", "dashboard.json").toFile());
    }

    @TempDir
    Path directory;

    @Test
    void hasWhatGrafanaNeeds() throws IOException {
        var dashboard = dashboard();

        assertThat(dashboard.path("title").asText()).isEqualTo("JUnit Nomos");
        assertThat(dashboard.path("uid").asText()).matches("[a-z-]{1,40}");
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(dashboard.path("templating").path("list").findValuesAsText("name"))
                .containsExactly("datasource", "node");
        assertThat(dashboard.path("templating").path("list"))
                .allMatch(variable -> variable.at("/current").hasNonNull("text")
                        && variable.at("/current").hasNonNull("value"));
        var ids = new TreeSet<Integer>();
        var places = new TreeSet<String>();
        for (var panel : dashboard.path("panels")) {
            var title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(panel.path("type").asText()).as(title).isEqualTo("timeseries");
            var place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .as(title)
                    .isBetween(1, COLUMNS);
            assertThat(places.add(place.path("x") + " " + place.path("y")))
                    .as(title)
                    .isTrue();
            assertThat(panel.at("/options/legend").fieldNames())
                    .toIterable()
                    .as(title)
                    .contains("displayMode", "placement", "showLegend", "calcs");
            assertThat(panel.at("/options/tooltip").fieldNames())
                    .toIterable()
                    .as(title)
                    .contains("mode", "sort");
            assertThat(panel.path("targets")).as(title).isNotEmpty();
            for (var target : panel.path("targets")) {
                assertThat(target.path("expr").asText()).as(title).isNotBlank();
                assertThat(target.path("refId").asText()).as(title).matches("[A-Z]");
                assertThat(target.path("datasource").path("uid").asText())
                        .as(title)
                        .isEqualTo("${datasource}");
            }
        }
        assertThat(ids).hasSize(12);
        assertThat(dashboard.at("/annotations/list/0/expr").asText()).isEqualTo("nomos_run_faults_in_force > 0");
    }

    /** A Prometheus refuses what it cannot parse. */
    @Test
    @NeedsPrometheus
    void asksInPromQl() throws Exception {
        var program = new PrometheusChoice(PrometheusChoice.here().orElseThrow(), null, Requirement.met());
        var scope = Session.ofThisJvm().scope(directory.toString());
        try (var timeline = new RealTimeline();
                var server = PrometheusServer.start(
                        program, scope, timeline, directory, "secret", () -> "", Duration.ofHours(1))) {
            for (var expression : dashboard().findValuesAsText("expr")) {
                assertThat(server.api().query(expression.replace("$node", ".*")))
                        .as(expression)
                        .isEmpty();
            }
            assertThatThrownBy(() -> server.api().query("rate(nomos_run_height"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Of machines and the test JVM, in real time and outside of it alone; the tests of backends have them. */
    private static final List<String> OF_MACHINES = List.of(
            "nomos_process_resident_memory_bytes",
            "nomos_process_cpu_seconds",
            "nomos_test_jvm_resident_memory_bytes",
            "nomos_test_jvm_cpu_seconds");

    @Test
    void showsWhatThereIs() throws Exception {
        var page = new AtomicReference<String>("");
        var result = ScenarioRunner.run(
                Scenario.builder().validators(2).runFor(Duration.ofSeconds(20)).build(),
                RunSettings.defaults().withDirectory(directory),
                run -> {
                    run.clock().sleep(Duration.ofSeconds(10));
                    var names = new ArrayList<>(RunGauges.NAMES);
                    run.metrics().metrics("validator-0").forEach(metric -> names.add(metric.name()));
                    page.set(String.join("\n", names));
                });
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        var there = new TreeSet<>(List.of(page.get().split("\n")));
        there.addAll(OF_MACHINES);
        there.add("nomos_client_latency_seconds_bucket");

        var shown = new TreeSet<String>();
        for (var expression : dashboard().findValuesAsText("expr")) {
            METRIC.matcher(expression).results().forEach(found -> shown.add(found.group()));
        }
        assertThat(shown).hasSizeGreaterThan(15).isSubsetOf(there);
    }
}
