package org.junitnomos.client;

import java.io.IOException;
import java.io.InputStream;
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
     * @throws IOException as a socket would: connection refused, timed out, reset
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
     */
    record Request(String method, String host, String path, Map<String, String> headers, byte[] body) {}

    /**
     * An HTTP response.
     *
     * @param status status code
     * @param headers header names in lower case
     * @param body read until its end; blocks on the run's timeline where the response is a stream
     */
    record Response(int status, Map<String, String> headers, InputStream body) {}
}
