package org.junitnomos.client;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Reads a newline-delimited JSON stream of a node. Not thread-safe, but {@link #close} may be called from any thread.
 *
 * @param <T> what a line holds
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeStream<T> extends AutoCloseable {

    /**
     * Waits for the next line.
     *
     * @param timeout longest wait; zero or less only looks
     * @return the line; empty if none came in time or the stream ended, see {@link #hasEnded()}
     * @throws NodeApiException if the connection broke, or a line does not have the shape of the contract; after such
     *     a line the stream goes on
     * @throws InterruptedException if interrupted
     */
    Optional<T> next(Duration timeout) throws InterruptedException;

    /**
     * Says whether no further line can come.
     *
     * @return true once {@link #next} returned or threw the end of the stream, and after {@link #close()}
     */
    boolean hasEnded();

    /** Ends the stream; idempotent. A thread that waits in {@link #next} returns empty. */
    @Override
    void close();
}
