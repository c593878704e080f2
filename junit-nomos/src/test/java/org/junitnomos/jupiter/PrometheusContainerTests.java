package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.NeedsPrometheus;
import org.junitnomos.testkit.ProgramImage;
import org.junitnomos.testkit.TinyImage;

/** A Prometheus in a container, of an image that is made of this machine's program. */
@NeedsDocker
@NeedsPrometheus
class PrometheusContainerTests {
    private static final String IMAGE = "nomos.observability.image";

    /** Nobody listens there. */
    private static final String UNREACHABLE = "127.0.0.1:1/prometheus:none";

    @TempDir
    Path directory;

    private NomosTestKit kitHere() {
        return kit().with("nomos.directory", directory.toString());
    }

    private Path run(Class<?> scenario) {
        return directory
                .resolve("PrometheusContainerTests." + scenario.getSimpleName() + ".run")
                .resolve("1");
    }

    /** Names the containers and networks of this JVM that are beside clusters. */
    private static List<String> left() throws IOException {
        var own = Map.of(Entry.SESSION_LABEL, "");
        try (DockerClient client = Engines.connect(Engine.find())) {
            var containers = client.listContainersCmd().withShowAll(true).withLabelFilter(own).exec().stream()
                    .map(each -> each.getNames()[0] + " of " + each.getLabels().get(Entry.SESSION_LABEL));
            var networks = client.listNetworksCmd().exec().stream()
                    .filter(each -> each.getName().startsWith("nomos-side-"))
                    .map(each -> each.getName() + " of " + each.getLabels().get(Entry.SESSION_LABEL));
            return java.util.stream.Stream.concat(containers, networks)
                    .filter(each ->
                            each.contains(" of " + ProcessHandle.current().pid() + "."))
                    .filter(each -> each.contains("prometheus") || each.contains("nomos-side-"))
                    .toList();
        }
    }

    @Observability(image = UNREACHABLE)
    @Topology(validators = 2, slot = "1s")
    @ScenarioOptions(time = TimeMode.REAL)
    @RunFor(value = "15s", cooldown = "0s")
    @ExpectQuery(query = "count(consensus_processed_blocks)", atLeast = 2)
    static class Contained {
        static List<String> during = List.of();

        @ScenarioTest
        void run(RunContext run) throws Exception {
            during = left();
            run.clock()
                    .await(
                            "Prometheus has the height of each node",
                            Duration.ofSeconds(14),
                            () -> run.metrics().query("nomos_dev_node_height").size() == 2);
        }
    }

    @Test
    void aRunHasAPrometheusInAContainerThatIsGoneAfterIt() throws Exception {
        String image = ProgramImage.ofPrometheus();

        var outcome = kitHere().with("nomos.keep", "always").with(IMAGE, image).execute(Contained.class);

        assertThat(outcome.tests())
                .containsExactly(
                        "run 15 s on 2 validators, embedded SUCCESSFUL",
                        "expect query count(consensus_processed_blocks) at least 2 SUCCESSFUL");
        assertThat(Contained.during)
                .as("of the container and its network")
                .hasSize(2)
                .anyMatch(each -> each.startsWith("/nomos-prometheus-"));
        assertThat(left()).isEmpty();
        var report = Files.readString(run(Contained.class).resolve("report.json"));
        assertThat(report)
                .containsPattern(
                        "the Prometheus of the run is at http://127\\.0\\.0\\.1:[0-9]+ \\(a container of image '"
                                + Pattern.quote(image) + "'\\)");
        var kept = run(Contained.class).resolve("prometheus");
        assertThat(kept.resolve("data")).isNotEmptyDirectory();
        assertThat(Files.getOwner(kept.resolve("data/wal")))
                .as("it can be read and deleted by who keeps it")
                .isEqualTo(Files.getOwner(kept));
        assertThat(kept.resolve("prometheus.yml"))
                .content()
                .as("only who knows the path is told")
                .containsPattern("metrics_path: /[0-9a-f]{32}/metrics")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void anImageThatCannotBeHadFailsTheDeploy() throws Exception {
        assertThat(kitHere().execute(Contained.class).failureOf("run"))
                .hasMessageContaining("The Prometheus of the run, a container of image '" + UNREACHABLE
                        + "', does not start: image '" + UNREACHABLE + "' cannot be pulled: ")
                .hasMessageContaining("Correct 'nomos.observability.image'");
        assertThat(left()).isEmpty();
    }

    @Test
    void anImageWithoutAPrometheusFailsTheDeploy() throws Exception {
        try (var client = Engines.connect(Engine.find())) {
            TinyImage.provide(client);
        }
        assertThat(kitHere()
                        .with(IMAGE, TinyImage.NAME)
                        .execute(Contained.class)
                        .failureOf("run"))
                .hasMessageContaining("does not start: no container of image '" + TinyImage.NAME + "' can be started: ")
                .hasMessageContaining("Its image must have Prometheus as its entry point, as prom/prometheus:v2.53.1"
                        + " has; nomos.observability.image or @Observability.image names it.");
        assertThat(left()).isEmpty();
    }

    @Test
    void aContainerThatEndsAtOnceFailsTheDeploy() throws Exception {
        String image = "junit-nomos/tests-sleep-entry:1";
        ProgramImage.provide(image, Path.of("/bin/sleep"));

        assertThat(kitHere().with(IMAGE, image).execute(Contained.class).failureOf("run"))
                .hasMessageContaining("a container of image '" + image + "', does not start: ")
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("unrecognized option '--config.file=/prometheus/prometheus.yml'");
        assertThat(left()).isEmpty();
    }
}
