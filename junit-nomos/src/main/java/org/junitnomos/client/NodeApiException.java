package org.junitnomos.client;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.VisibleText;

/**
 * An exchange with a node failed; the text names node, method, URL, status, duration and body. Control characters in an
 * answer are shown by their numbers, as <code>&#92;u001b</code>.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NodeApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SERVER_ERROR = 500;

    private final String node;
    private final Kind kind;
    private final int status;
    private final String reason;
    private final String body;

    /**
     * Creates the exception.
     *
     * @param message the whole text
     * @param node name of the node
     * @param kind what went wrong
     * @param status HTTP status; 0 if there was no response
     * @param reason what went wrong, without address and duration
     * @param body body of the response, shortened; empty if there was none
     * @param cause the cause; null if there is none
     */
    public NodeApiException(
            String message, String node, Kind kind, int status, String reason, String body, @Nullable Throwable cause) {
        super(VisibleText.of(message), cause);
        this.node = Objects.requireNonNull(node, "node");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.status = status;
        this.reason = VisibleText.of(reason);
        this.body = VisibleText.of(body);
    }

    /** {@return the name of the node} */
    public String node() {
        return node;
    }

    /** {@return the kind of failure} */
    public Kind kind() {
        return kind;
    }

    /**
     * Says whether the node is to blame: it gave no answer, a broken one, or one with status 500 or above, by which it
     * also refuses what it was asked to do.
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public boolean isFailureOfNode() {
        return kind == Kind.STATUS ? status >= SERVER_ERROR : kind != Kind.CLOSED;
    }

    /** {@return the HTTP status; 0 if there was no response} */
    public int status() {
        return status;
    }

    /**
     * {@return what went wrong, in words that are the same in every run: no address, no port, no duration; for example
     * {@code "connection refused"} or {@code "status 500: Item already in mempool"}}
     */
    public String reason() {
        return reason;
    }

    /** {@return the body of the response, cut after 4096 bytes; empty if there was none} */
    public String body() {
        return body;
    }

    /** The ways in which an exchange can fail. */
    public enum Kind {
        /** No connection: refused, or the host is not known. The node did not see the request. */
        UNREACHABLE,
        /** No complete answer in time. The node may have acted on the request. */
        TIMEOUT,
        /** The connection broke before the answer was complete. The node may have acted on the request. */
        BROKEN,
        /** The answer has a status other than 200. */
        STATUS,
        /** The answer has status 200, but not the shape of the contract, or is larger than the limit. */
        MALFORMED,
        /** The client, or the thread that called it, was stopped. */
        CLOSED
    }
}
