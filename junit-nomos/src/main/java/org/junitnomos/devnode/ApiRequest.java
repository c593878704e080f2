package org.junitnomos.devnode;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * An HTTP request as a driver read it.
 *
 * @param method for example {@code "GET"}
 * @param path decoded path without query
 * @param query decoded query parameters
 * @param contentType value of Content-Type; empty if absent
 * @param body the body; empty if there is none; more than 2 MiB of it mean no more than that it is longer
 * @param contentLength how long the body is; a driver need not read one of more than 10 MiB (node contract 1.1)
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ApiRequest(
        String method, String path, Map<String, String> query, String contentType, byte[] body, long contentLength) {
    /**
     * Holds a request whose body was read.
     *
     * @param method for example {@code "GET"}
     * @param path decoded path without query
     * @param query decoded query parameters
     * @param contentType value of Content-Type; empty if absent
     * @param body the whole body; empty if there is none
     */
    public ApiRequest(String method, String path, Map<String, String> query, String contentType, byte[] body) {
        this(method, path, query, contentType, body, body.length);
    }
}
