package org.junitnomos.metrics;

import java.net.URI;
import java.util.Optional;

/** Where a Prometheus runs. */
interface PrometheusHost extends AutoCloseable {

    /** Where it answers. */
    URI address();

    /** Why it has ended; empty while it runs. Thread-safe. */
    Optional<String> ended();

    /** Ends it, so that its data are whole on disk. Idempotent. */
    @Override
    void close();
}
