package org.junitnomos.deploy.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.deploy.engine.EngineAnswer;
import org.junitnomos.deploy.engine.EngineHttp;
import org.junitnomos.deploy.engine.EngineUnreachableException;

/** Asks engines on behalf of one removal, and remembers which of them did not answer: nobody waits for one twice. */
final class EngineReach {
    private static final Duration PING_LIMIT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Null stands for an engine that answers. */
    private final Map<String, String> problems = new TreeMap<>();

    /** Whether the engine is out of reach, as far as is known. */
    synchronized boolean isLost(String engine) {
        return !problems.getOrDefault(engine, "").isEmpty();
    }

    /**
     * Asks an engine.
     *
     * @throws EngineLostException if it does not answer, now or before
     */
    EngineAnswer send(String engine, String method, String target) throws IOException {
        return send(engine, method, target, "");
    }

    /** Asks an engine with a body in JSON. */
    EngineAnswer send(String engine, String method, String target, String json) throws IOException {
        var http = reach(engine);
        try {
            return http.send(method, target, json, LIMIT);
        } catch (EngineUnreachableException e) {
            throw lost(engine, String.valueOf(e.getMessage()));
        }
    }

    private synchronized EngineHttp reach(String engine) throws IOException {
        String problem = problems.get(engine);
        if (problem != null && !problem.isEmpty()) {
            throw new EngineLostException(problem);
        }
        try {
            var address = new EngineAddress(engine);
            if (!address.isDirect()) {
                throw lost(engine, "the engine at " + engine + " cannot be asked without a library");
            }
            var http = new EngineHttp(address);
            if (problem == null) {
                http.send("GET", "/_ping", PING_LIMIT);
                problems.put(engine, "");
            }
            return http;
        } catch (EngineUnreachableException e) {
            throw lost(engine, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw lost(engine, String.valueOf(e.getMessage()));
        }
    }

    private synchronized EngineLostException lost(String engine, String problem) {
        problems.put(engine, problem);
        return new EngineLostException(problem);
    }

    /** Tells that an engine cannot be asked. */
    static final class EngineLostException extends IOException {
        private static final long serialVersionUID = 1L;

        EngineLostException(String message) {
            super(message);
        }
    }
}
