package org.junitnomos.client;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Tell that an exchange with a node failed; the text names node, method, URL, status, duration and body. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NodeApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final int status;
    private final String body;

    /**
     * Create the exception.
     *
     * @param message the whole text
     * @param node name of the node
     * @param status HTTP status; 0 if there was no response
     * @param body body of the response, shortened; empty if there was none
     * @param cause the cause; null if there is none
     */
    public NodeApiException(String message, String node, int status, String body, @Nullable Throwable cause) {
        super(message, cause);
        this.node = node;
        this.status = status;
        this.body = body;
    }

    /** Return the name of the node. @return the name */
    public String node() {
        return node;
    }

    /** Return the HTTP status. @return the status; 0 if there was no response */
    public int status() {
        return status;
    }

    /** Return the body of the response. @return the body, shortened; empty if there was none */
    public String body() {
        return body;
    }
}
