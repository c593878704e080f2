package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.MetricsSink;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.metrics.MetricsCollector;
import org.junitnomos.metrics.MetricsPage;
import org.junitnomos.metrics.OtlpReceiver;
import org.junitnomos.metrics.PrometheusApi;
import org.junitnomos.metrics.PrometheusServer;
import org.junitnomos.metrics.PushedMetrics;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.time.Timeline;

/** What a cluster has for its metrics beside the nodes: a port for what they push, and a Prometheus. Thread-safe. */
final class ClusterMetrics implements AutoCloseable {
    static final String DIRECTORY = "prometheus";

    private static final String HOST = "127.0.0.1";
    private static final int SECRET_BYTES = 16;

    private final RunSettings settings;
    private final Timeline timeline;
    private final @Nullable OtlpReceiver receiver; // in virtual time nobody pushes
    private volatile Supplier<String> source = () -> "";
    private volatile @Nullable PrometheusApi api;
    private @Nullable MetricsPage page;
    private @Nullable PrometheusServer server;
    private @Nullable Path home;

    /** Opens nothing yet; {@code notices} takes what users should know. */
    ClusterMetrics(RunSettings settings, Timeline timeline, Consumer<String> notices) {
        this.settings = settings;
        this.timeline = timeline;
        this.receiver = timeline.isVirtual()
                ? null
                : new OtlpReceiver(settings.metricsIngest(), secret(), timeline::nanos, notices);
        var named = settings.metricsQuery();
        this.api = named == null ? null : new PrometheusApi(named);
    }

    private static String secret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Where nodes push their metrics. */
    MetricsSink sink() {
        return receiver == null ? MetricsSink.NONE : receiver;
    }

    /** What they pushed. */
    PushedMetrics pushed() {
        return receiver == null ? PushedMetrics.NONE : receiver;
    }

    /**
     * Starts a Prometheus if the plan asks for one, and none is named that is there already.
     *
     * @param directory of the cluster
     */
    synchronized void start(Scenario plan, Path directory) throws InterruptedException {
        if (!plan.observability() || settings.metricsQuery() != null) {
            return;
        }
        var program = PrometheusServer.program()
                .orElseThrow(() -> new DeploymentException(
                        "The Prometheus of the run cannot be started: " + PrometheusServer.MISSING + ".", null));
        home = directory.resolve(DIRECTORY);
        try {
            page = MetricsPage.open(HOST, () -> source.get());
        } catch (IOException e) {
            throw new DeploymentException("No port can be opened for the metrics of the run: " + e.getMessage(), e);
        }
        var scope = Session.ofThisJvm().scope(home.toString());
        var interval = MetricsCollector.period(plan.topology().consensus().slotDuration(), plan.runWindow());
        server = PrometheusServer.start(program, scope, timeline, home, page.url(), interval);
        api = server.api();
    }

    /** The Prometheus of the cluster, or the one that is named; empty if there is none. */
    Optional<PrometheusApi> prometheus() {
        return Optional.ofNullable(api);
    }

    /** Where its Prometheus is, for people; empty if it has none of its own. */
    synchronized Optional<String> address() {
        return Optional.ofNullable(server).map(own -> own.api().base());
    }

    /** Lets what a run measures be seen by the Prometheus, in place of what the run before did. */
    void show(Supplier<String> text) {
        source = text;
    }

    /**
     * Closes what was opened. Idempotent.
     *
     * @throws DeploymentException if something of the Prometheus is left behind; names it
     */
    @Override
    public synchronized void close() {
        if (receiver != null) {
            receiver.close();
        }
        if (server != null) {
            server.close();
        }
        if (page != null) {
            page.close();
        }
        if (home != null) {
            LeakAudit.check(home);
        }
    }
}
