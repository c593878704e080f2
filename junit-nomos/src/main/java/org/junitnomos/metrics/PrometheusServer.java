package org.junitnomos.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.SideContainer;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VisibleText;

/** A Prometheus of a run, which scrapes a page of the test JVM. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PrometheusServer implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_SCRAPE = Duration.ofSeconds(10);
    private static final int LOG_LINES = 10;

    private final String described;
    private final PrometheusHost host;
    private final MetricsPage page;
    private final Path log;
    private final Supplier<Duration> now;
    private final Duration lateFrom;
    private final PrometheusApi api;

    private PrometheusServer(
            String described, PrometheusHost host, MetricsPage page, Path log, Timeline timeline, Duration interval) {
        this.described = described;
        this.host = host;
        this.page = page;
        this.log = log;
        this.now = timeline::now;
        this.lateFrom = timeline.now().plus(interval.multipliedBy(2)).plus(LONGEST_SCRAPE);
        this.api = new PrometheusApi(host.address(), this::trouble);
    }

    /**
     * Starts one and waits until it answers. Blocks, for minutes if an image has to be fetched.
     *
     * @param choice what runs
     * @param scope to which it belongs
     * @param timeline real time
     * @param directory to be made: for its configuration, its log and its data
     * @param secret part of the path of the page, which nobody else can guess
     * @param text what it scrapes, asked for each time
     * @param interval how often; at least 1 ms
     * @throws DeploymentException if it does not start; has the end of its log
     */
    public static PrometheusServer start(
            PrometheusChoice choice,
            Scope scope,
            Timeline timeline,
            Path directory,
            String secret,
            Supplier<String> text,
            Duration interval)
            throws InterruptedException {
        var home = directory.toAbsolutePath();
        var log = home.resolve("prometheus.log");
        SideContainer container = null;
        MetricsPage page = null;
        PrometheusHost host = null;
        try {
            Files.createDirectories(home.resolve("data"));
            container = choice.container(scope).orElse(null);
            page = MetricsPage.open(container == null ? PrometheusProcess.HOST : container.testHost(), secret, text);
            Files.writeString(
                    home.resolve("prometheus.yml"), configuration(page.url(), interval), StandardCharsets.UTF_8);
            host = container == null
                    ? PrometheusProcess.start(Objects.requireNonNull(choice.program()), scope, home, log)
                    : PrometheusContainer.start(Objects.requireNonNull(choice.image()), container, home, log);
            var server = new PrometheusServer(choice.described(), host, page, log, timeline, interval);
            server.awaitReady(timeline);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            close(host != null ? host : container, page);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new DeploymentException(
                    "The Prometheus of the run, " + choice.described() + ", does not start: "
                            + told(e, container == null) + tail(log),
                    e);
        }
    }

    private static String told(Exception failure, boolean isProgram) {
        String text = String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
        return isProgram
                ? text + "."
                : text + ". Its image must have Prometheus as its entry point, as " + PrometheusChoice.USUAL_IMAGE
                        + " has; " + PrometheusChoice.IMAGE_SETTING + " or @Observability.image names it.";
    }

    private static void close(@Nullable AutoCloseable host, @Nullable MetricsPage page) {
        try {
            if (host != null) {
                host.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e); // neither declares one
        } finally {
            if (page != null) {
                page.close();
            }
        }
    }

    private static Duration scrapeLimit(Duration interval) {
        return interval.compareTo(LONGEST_SCRAPE) < 0 ? interval : LONGEST_SCRAPE;
    }

    static String configuration(URI page, Duration interval) {
        return String.join(
                "\n",
                "global:",
                "  scrape_interval: " + interval.toMillis() + "ms",
                "  scrape_timeout: " + scrapeLimit(interval).toMillis() + "ms",
                "  evaluation_interval: " + interval.toMillis() + "ms",
                "scrape_configs:",
                "  - job_name: nomos",
                "    honor_labels: true",
                "    metrics_path: " + page.getPath(),
                "    static_configs:",
                "      - targets: [\"" + page.getAuthority() + "\"]",
                "");
    }

    /** What any Prometheus is told, wherever it sees its directory. */
    static List<String> arguments(String home, String listen) {
        return List.of(
                "--config.file=" + home + "/prometheus.yml",
                "--storage.tsdb.path=" + home + "/data",
                "--web.listen-address=" + listen,
                "--log.level=warn");
    }

    private void awaitReady(Timeline timeline) throws IOException, InterruptedException {
        try {
            new PollLoop(timeline, "Prometheus answers at " + api.base(), LOOK, READY_LIMIT)
                    .givingUpOn(failure -> failure instanceof DeploymentException)
                    .untilTrue(() -> {
                        host.ended().ifPresent(reason -> {
                            throw new DeploymentException(reason, null);
                        });
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
                    ? "\nIt wrote nothing to its log."
                    : "\n"
                            + VisibleText.of(String.join(
                                    "\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size())));
        } catch (IOException | UncheckedIOException e) {
            return ""; // it was never begun
        }
    }

    /** {@return what answers queries} */
    public PrometheusApi api() {
        return api;
    }

    /** {@return what runs, and where it answers, for people} */
    public String described() {
        return api.base() + " (" + described + ")";
    }

    /** {@return why it tells nothing; empty if it does, or may not have had the time to} */
    public Optional<String> trouble() {
        var ended = host.ended();
        if (ended.isPresent()) {
            return Optional.of(
                    "The Prometheus of the run, " + described + ", is not there any more: " + ended.get() + tail(log));
        }
        return page.isAsked() || now.get().compareTo(lateFrom) < 0
                ? Optional.empty()
                : Optional.of("The Prometheus of the run, " + described + ", has not once asked the test JVM at "
                        + page.url().getAuthority() + ". See " + api.base() + "/targets for the reason; if connections"
                        + " time out, let the firewall of this machine pass what comes from containers");
    }

    /** Ends it, so that its data are whole on disk. Idempotent. */
    @Override
    public void close() {
        close(host, page);
    }
}
