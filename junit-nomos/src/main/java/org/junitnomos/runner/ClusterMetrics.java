package org.junitnomos.runner;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junitnomos.deploy.MetricsSink;
import org.junitnomos.metrics.OtlpReceiver;
import org.junitnomos.metrics.PushedMetrics;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.time.Timeline;

/** What a cluster has for its metrics beside the nodes. Thread-safe. */
final class ClusterMetrics implements AutoCloseable {
    private static final int SECRET_BYTES = 16;

    private final OtlpReceiver receiver;
    private final boolean virtual;

    /** Opens nothing yet; {@code notices} takes what users should know. */
    ClusterMetrics(RunSettings settings, Timeline timeline, Consumer<String> notices) {
        this.virtual = timeline.isVirtual();
        this.receiver = new OtlpReceiver(settings.metricsIngest(), secret(), timeline::nanos, notices);
    }

    private static String secret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Where nodes push their metrics. */
    MetricsSink sink() {
        return virtual ? MetricsSink.NONE : receiver;
    }

    /** What they pushed. */
    PushedMetrics pushed() {
        return receiver;
    }

    /** Closes what was opened. Idempotent. */
    @Override
    public void close() {
        receiver.close();
    }
}
