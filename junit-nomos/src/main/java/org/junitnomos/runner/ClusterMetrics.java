package org.junitnomos.runner;

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
import org.junitnomos.metrics.OtlpReceiver;
import org.junitnomos.metrics.PrometheusApi;
import org.junitnomos.metrics.PrometheusChoice;
import org.junitnomos.metrics.PrometheusServer;
import org.junitnomos.metrics.PushedMetrics;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.time.Timeline;

/** What a cluster has for its metrics beside the nodes: a port for what they push, and a Prometheus. Thread-safe. */
final class ClusterMetrics implements AutoCloseable {
    static final String DIRECTORY = "prometheus";

    private static final int SECRET_BYTES = 16;

    private final RunSettings settings;
    private final Timeline timeline;
    private final Consumer<String> notices;
    private final @Nullable OtlpReceiver receiver; // in virtual time nobody pushes
    private volatile Supplier<String> source = () -> "";
    private volatile @Nullable PrometheusApi api;
    private @Nullable PrometheusChoice choice;
    private @Nullable PrometheusServer server;
    private @Nullable Path home;

    /** Opens nothing yet; {@code notices} takes what users should know. */
    ClusterMetrics(RunSettings settings, Timeline timeline, Consumer<String> notices) {
        this.settings = settings;
        this.timeline = timeline;
        this.notices = notices;
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

    /** The Prometheus that a run of the plan starts; empty if it asks for none, or one is named that is there. */
    static Optional<PrometheusChoice> wanted(Scenario plan, RunSettings settings) {
        return plan.observability() && settings.metricsQuery() == null
                ? Optional.of(PrometheusChoice.of(plan.observabilityImage()))
                : Optional.empty();
    }

    /**
     * Chooses a Prometheus if the plan asks for one; before anything starts.
     *
     * @throws DeploymentException if it cannot run here; says what is missing
     */
    synchronized void prepare(Scenario plan) {
        choice = wanted(plan, settings).orElse(null);
        var missing = choice == null ? null : choice.requirement().missing();
        if (missing != null) {
            throw new DeploymentException("The Prometheus of the run cannot be started: " + missing, null);
        }
    }

    /**
     * Starts the Prometheus if one was chosen.
     *
     * @param directory of the cluster
     */
    synchronized void start(Scenario plan, Path directory) throws InterruptedException {
        if (choice == null) {
            return;
        }
        home = directory.resolve(DIRECTORY);
        var scope = Session.ofThisJvm().scope(home.toString());
        var interval = MetricsCollector.period(plan.topology().consensus().slotDuration(), plan.runWindow());
        server = PrometheusServer.start(choice, scope, timeline, home, secret(), () -> source.get(), interval);
        api = server.api();
    }

    /** The Prometheus of the cluster, or the one that is named; empty if there is none. */
    Optional<PrometheusApi> prometheus() {
        return Optional.ofNullable(api);
    }

    /** Where its Prometheus is, for people; empty if it has none of its own. */
    synchronized Optional<String> address() {
        return Optional.ofNullable(server).map(PrometheusServer::described);
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
            server.trouble().ifPresent(notices);
            server.close();
        }
        if (home != null) {
            LeakAudit.check(home);
        }
    }
}
