package org.junitnomos.metrics;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.PortLease;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.Timeline;

/** A Prometheus of a run, as a process of this machine that scrapes a page; registered before it exists. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PrometheusServer implements AutoCloseable {
    /** What is missing where there is none, and how to get it. */
    public static final String MISSING = "there is no program 'prometheus' in PATH: install it, as Debian's package"
            + " 'prometheus' does, or name a Prometheus that is there with nomos.metrics.query.url";

    private static final String HOST = "127.0.0.1";
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_SCRAPE = Duration.ofSeconds(10);
    private static final long PATIENCE_SECONDS = 10;
    private static final int LOG_LINES = 10;

    private final Process process;
    private final Entry entry;
    private final PortLease port;
    private final PrometheusApi api;

    private PrometheusServer(Process process, Entry entry, PortLease port) {
        this.process = process;
        this.entry = entry;
        this.port = port;
        this.api = new PrometheusApi(URI.create("http://" + HOST + ":" + port.port()));
    }

    /** {@return the program, from {@code PATH}; empty if there is none} */
    public static Optional<Path> program() {
        return program(System.getenv());
    }

    static Optional<Path> program(Map<String, String> environment) {
        for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            try {
                var file = Path.of(directory).resolve("prometheus");
                if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            } catch (InvalidPathException e) {
                continue; // nothing can be in a directory without a name
            }
        }
        return Optional.empty();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param program its file
     * @param scope to which it belongs
     * @param timeline real time
     * @param directory to be made: for its configuration, its log and its data
     * @param page what it scrapes
     * @param interval how often; at least 1 ms
     * @throws DeploymentException if it does not start; has the end of its log
     */
    public static PrometheusServer start(
            Path program, Scope scope, Timeline timeline, Path directory, URI page, Duration interval)
            throws InterruptedException {
        var home = directory.toAbsolutePath();
        var log = home.resolve("prometheus.log");
        var port = scope.leasePort();
        PrometheusServer server = null;
        try {
            Files.createDirectories(home.resolve("data"));
            var configuration = home.resolve("prometheus.yml");
            Files.writeString(configuration, configuration(page, interval), StandardCharsets.UTF_8);
            server = begin(command(program, home, configuration, port.port()), home, log, scope, port);
            server.awaitReady(timeline);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (server == null) {
                port.close();
            } else {
                server.close();
            }
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new DeploymentException(
                    "The Prometheus of the run does not start: " + e.getMessage() + "\n" + tail(log), e);
        }
    }

    static String configuration(URI page, Duration interval) {
        var timeout = interval.compareTo(LONGEST_SCRAPE) < 0 ? interval : LONGEST_SCRAPE;
        return String.join(
                "\n",
                "global:",
                "  scrape_interval: " + interval.toMillis() + "ms",
                "  scrape_timeout: " + timeout.toMillis() + "ms",
                "  evaluation_interval: " + interval.toMillis() + "ms",
                "scrape_configs:",
                "  - job_name: nomos",
                "    honor_labels: true",
                "    metrics_path: " + page.getPath(),
                "    static_configs:",
                "      - targets: [\"" + page.getAuthority() + "\"]",
                "");
    }

    private static List<String> command(Path program, Path home, Path configuration, int port) {
        return List.of(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + home.resolve("data"),
                "--web.listen-address=" + HOST + ":" + port,
                "--log.level=warn");
    }

    private static PrometheusServer begin(List<String> command, Path home, Path log, Scope scope, PortLease port)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        var entry = scope.register(ResourceKind.PROCESS, "Prometheus");
        return new PrometheusServer(entry.start(builder), entry, port);
    }

    private void awaitReady(Timeline timeline) throws IOException, InterruptedException {
        try {
            new PollLoop(timeline, "Prometheus answers at " + api.base(), LOOK, READY_LIMIT)
                    .givingUpOn(failure -> failure instanceof DeploymentException)
                    .untilTrue(() -> {
                        if (!process.isAlive()) {
                            throw new DeploymentException("it ended with exit code " + process.exitValue(), null);
                        }
                        return api.isReady();
                    });
        } catch (PollTimeoutException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static String tail(Path log) {
        try (var lines = Files.lines(log)) {
            var all = lines.toList();
            return all.isEmpty()
                    ? "It wrote nothing to its log."
                    : String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "Its log cannot be read: " + e.getMessage();
        }
    }

    /** {@return what answers queries} */
    public PrometheusApi api() {
        return api;
    }

    /** Ends it, so that its data are whole on disk. Idempotent. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        process.destroy();
        try {
            interrupted |= !ended();
            if (process.isAlive()) {
                process.destroyForcibly();
                interrupted |= !ended();
            }
            if (entry.killRest()) {
                entry.released();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            port.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for its end; false if it was interrupted meanwhile. */
    private boolean ended() {
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            return false;
        }
    }
}
