package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.NeedsPrometheus;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;

class PrometheusServerTests {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final RealTimeline real = new RealTimeline();

    /** Real time, some of which the test lets pass at once. */
    private final Timeline timeline = (Timeline) Proxy.newProxyInstance(
            Timeline.class.getClassLoader(),
            new Class<?>[] {Timeline.class},
            (proxy, method, arguments) ->
                    method.getName().equals("now") ? real.now().plus(later.get()) : method.invoke(real, arguments));

    @AfterEach
    void close() {
        real.close();
    }

    private Scope scope() {
        return Session.ofThisJvm().scope(directory.toString());
    }

    private PrometheusServer start(Path program, Duration interval) throws InterruptedException {
        var choice = new PrometheusChoice(program, null, Requirement.met());
        return PrometheusServer.start(
                choice, scope(), timeline, directory.resolve("p"), "secret", () -> "one 1\n", interval);
    }

    private PrometheusServer start(Duration interval) throws InterruptedException {
        return start(PrometheusChoice.here().orElseThrow(), interval);
    }

    private Path script(String text) throws Exception {
        var script = Files.writeString(directory.resolve("prometheus"), "#!/bin/sh\n" + text + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    void oneThatDiesAtOnceSaysWhy() throws Exception {
        var program = script("echo 'level=error err=\"bind: address already in use\"'; exit 3");

        assertThatThrownBy(() -> start(program, HOUR))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("The Prometheus of the run, " + program + ", does not start: it ended with exit code 3.\n"
                        + "level=error err=\"bind: address already in use\"");
        assertThat(scope().settle()).as("left behind").isEmpty();
    }

    @Test
    void oneThatCannotBeRunSaysWhy() throws Exception {
        var program = Files.writeString(directory.resolve("prometheus"), "no program");

        assertThatThrownBy(() -> start(program, HOUR))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("does not start: Cannot run program \"" + program + "\"");
        assertThat(scope().settle()).as("left behind").isEmpty();
    }

    @Test
    @NeedsPrometheus
    void oneThatDiesLaterSaysSoWhenItIsAsked() throws Exception {
        try (var server = start(HOUR)) {
            assertThat(server.trouble()).isEmpty();
            var process = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info()
                            .commandLine()
                            .orElse("")
                            .contains(directory.resolve("p").toString()))
                    .findFirst()
                    .orElseThrow();
            process.destroyForcibly();
            process.onExit().join();

            await().untilAsserted(() -> assertThatThrownBy(() -> server.api().query("up"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The Prometheus of the run, "
                            + PrometheusChoice.here().orElseThrow()
                            + ", is not there any more: it ended with exit code 137\n"));
        }
    }

    @Test
    @NeedsPrometheus
    void oneThatCannotReachTheTestsSaysSoWhenItIsAsked() throws Exception {
        try (var server = start(HOUR)) {
            assertThat(server.api().query("one"))
                    .as("it need not have asked yet")
                    .isEmpty();

            later.set(HOUR.multipliedBy(3));

            assertThatThrownBy(() -> server.api().query("one"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(", has not once asked the test JVM at 127.0.0.1:")
                    .hasMessageEndingWith(
                            ". See " + server.api().base() + "/targets for the reason; if connections time"
                                    + " out, let the firewall of this machine pass what comes from containers");
            assertThat(server.api().query("vector(1)")).as("it answers").hasSize(1);
        }
    }

    @Test
    @NeedsPrometheus
    void oneThatAskedOnceIsSilentOnlyWhereNothingMatches() throws Exception {
        try (var server = start(Duration.ofMillis(200))) {
            await().untilAsserted(() -> assertThat(server.api().query("one")).hasSize(1));
            later.set(HOUR);

            assertThat(server.api().query("two")).isEmpty();
            assertThat(Files.readString(directory.resolve("p/prometheus.yml")))
                    .contains("scrape_interval: 200ms", "metrics_path: /secret/metrics");
        }
        assertThat(scope().settle()).as("left behind").isEmpty();
        assertThat(Objects.requireNonNull(directory.resolve("p/data").toFile().list()))
                .isNotEmpty();
    }
}
