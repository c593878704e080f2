package org.junitnomos.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Carries HTTP exchanges with nodes: over sockets, or to nodes in this JVM. Thread-safe.
 *
 * <p>Works on bytes, so that nothing of the wire format is skipped where there is no socket.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends a request and returns the response, whatever its status.
     *
     * @return the response; the caller closes it
     * @throws IOException as a socket would: {@link java.net.ConnectException} if nobody listens,
     *     {@link java.net.SocketTimeoutException} if no answer came in time, any other if the connection broke
     */
    Response exchange(Request request) throws IOException;

    /**
     * Says whether exchanges take real time: only then do failures tell how long they took; false if they take the time
     * of a timeline.
     */
    default boolean isRealTime() {
        return false;
    }

    /**
     * Returns the time that exchanges take, in nanoseconds since some moment: of the system, or of a timeline; 0 where
     * nobody measures it.
     */
    default long nanos() {
        return 0;
    }

    /** Ends exchanges that are under way, and closes connections; idempotent. */
    @Override
    default void close() {
        // what runs on a timeline has nothing to close
    }

    /** What a request wants, as far as it matters to its way. */
    enum Purpose {
        /** May be sent again when a kept-alive connection turns out to be dead. */
        QUESTION,
        /** Never sent twice behind the caller's back. */
        COMMAND,
        /** A question whose answer comes bit by bit: the limit ends when it begins. */
        STREAM
    }

    /**
     * An HTTP request.
     *
     * @param node name of the node
     * @param method for example {@code "GET"}
     * @param url scheme, host, perhaps a port, path, perhaps a query; all of it encoded
     * @param body JSON, also of a GET (node contract 1.1); empty if there is none
     * @param authorization value of the header Authorization; empty for none
     * @param purpose what it wants
     * @param timeout how long to wait for the whole answer, on the transport's own timeline
     */
    record Request(
            String node,
            String method,
            String url,
            byte[] body,
            String authorization,
            Purpose purpose,
            Duration timeout) {
        /**
         * {@return host and port as in the URL, {@code "validator-0:3000"} for example; they tell nodes and their two
         * ports apart}
         */
        public String host() {
            return url.substring(hostStart(), pathStart());
        }

        /** {@return path and query, encoded; starts with {@code /}} */
        public String path() {
            return url.substring(pathStart());
        }

        /** {@return the content type of the body, always JSON (node contract 1.1); empty if there is no body} */
        public String contentType() {
            return body.length == 0 ? "" : "application/json";
        }

        private int hostStart() {
            return url.indexOf("//") + 2;
        }

        private int pathStart() {
            return url.indexOf('/', hostStart());
        }
    }

    /**
     * An HTTP response.
     *
     * @param status status code
     * @param headers the headers, found by their names in lower case
     * @param body read until its end; a response that is a stream has a {@link StreamBody}
     */
    record Response(int status, Map<String, List<String>> headers, InputStream body) implements Closeable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * Body of a response that comes bit by bit.
     *
     * <p>{@code read} is called only after {@link #await} returned true and must not block then; {@code close} may be
     * called from any thread and ends a wait.
     */
    abstract class StreamBody extends InputStream {

        /**
         * Waits until {@code read} has something to tell: bytes, the end or a failure.
         *
         * @param timeout longest wait, on the transport's own timeline; zero or less only looks
         * @return whether {@code read} will return or throw at once
         */
        public abstract boolean await(Duration timeout) throws InterruptedException;

        @Override
        public abstract int read(byte[] target, int offset, int length) throws IOException;

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }
    }
}
