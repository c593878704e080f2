package org.junitnomos.client;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Read a newline-delimited JSON stream of a node. Not thread-safe, but {@link #close} may be called from any thread.
 *
 * @param <T> what a line holds
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeStream<T> extends AutoCloseable {
    /**
     * Wait for the next line.
     *
     * @param timeout longest wait
     * @return the line; empty if none came in time or the stream ended
     * @throws InterruptedException if interrupted
     */
    Optional<T> next(Duration timeout) throws InterruptedException;

    /** End the stream; idempotent. */
    @Override
    void close();
}
