package org.junitnomos.deploy.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an engine answered to one request.
 *
 * @param status of HTTP
 * @param headers by name in lower case
 * @param body as text
 */
@API(status = INTERNAL, since = "0.1")
public record EngineAnswer(int status, Map<String, String> headers, String body) {
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_NO_SUCCESS = 300;
    private static final int SHOWN = 300;

    public EngineAnswer {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** Says whether the engine did what was asked: a status of 2xx. */
    public boolean isSuccess() {
        return status >= FIRST_SUCCESS && status < FIRST_NO_SUCCESS;
    }

    /**
     * Reads the body as JSON.
     *
     * @return maps, lists, texts, numbers, booleans; null for {@code null}
     * @throws IOException if it is no JSON
     */
    public @Nullable Object json() throws IOException {
        return EngineJson.parse(body);
    }

    /** Writes what the engine said when it refused, for people: status and message. */
    public String problem() {
        String text = body.strip();
        try {
            if (EngineJson.parse(text) instanceof Map<?, ?> fields && fields.get("message") instanceof String message) {
                text = message;
            }
        } catch (IOException e) {
            text = body.strip(); // it is as the engine wrote it
        }
        return "status " + status + (text.isEmpty() ? "" : ": " + text.substring(0, Math.min(SHOWN, text.length())));
    }
}
