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
 * @param body the body; empty if there is none
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ApiRequest(String method, String path, Map<String, String> query, String contentType, byte[] body) {}
