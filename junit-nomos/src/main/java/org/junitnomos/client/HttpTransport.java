package org.junitnomos.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Carry one HTTP exchange without a socket: what the embedded backend puts under the same client code.
 *
 * <p>Works on bytes, so that nothing of the wire format is skipped.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface HttpTransport {

    /**
     * Send a request and return the response.
     *
     * @param request the request
     * @return the response; the caller closes its body
     * @throws IOException as a socket would: {@link java.net.ConnectException} if nobody listens,
     *     {@link java.net.SocketTimeoutException} if no answer came in time, any other if the connection broke
     */
    Response exchange(Request request) throws IOException;

    /**
     * An HTTP request.
     *
     * @param method for example {@code "GET"}
     * @param host host and port as in the URL; tells nodes and their two ports apart
     * @param path encoded path and query, starts with {@code /}
     * @param headers header names in lower case
     * @param body the body; empty if there is none
     * @param timeout how long to wait for the answer, on the transport's own timeline
     */
    record Request(
            String method, String host, String path, Map<String, String> headers, byte[] body, Duration timeout) {}

    /**
     * An HTTP response.
     *
     * @param status status code
     * @param headers header names in lower case
     * @param body read until its end; a response that is a stream has a {@link StreamBody}
     */
    record Response(int status, Map<String, String> headers, InputStream body) {}

    /**
     * Body of a response that comes bit by bit, on the run's timeline.
     *
     * <p>{@code read} is called only after {@link #await} returned true and must not block then; {@code close} may be
     * called from any thread and ends a wait.
     */
    abstract class StreamBody extends InputStream {

        /**
         * Wait until {@code read} has something to tell: bytes, the end or a failure.
         *
         * @param timeout longest wait, on the timeline; zero or less only looks
         * @return whether {@code read} will return or throw at once
         * @throws InterruptedException if interrupted
         */
        public abstract boolean await(Duration timeout) throws InterruptedException;
    }
}
