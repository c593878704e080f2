package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds responses of the kinds the node knows (node contract 1.1). */
final class ApiResponses {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private ApiResponses() {}

    static ApiResponse json(byte[] json) {
        return new ApiResponse(200, "application/json", json, null);
    }

    static ApiResponse json(String json) {
        return json(json.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse nullJson() {
        return json(NULL);
    }

    static ApiResponse text(int status, String text) {
        return new ApiResponse(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null);
    }

    static ApiResponse empty(int status, SortedMap<String, String> headers) {
        return new ApiResponse(status, "", headers, NOTHING, null, null);
    }

    /** Answers OPTIONS, on any path, with what the path allows if it is one. */
    static ApiResponse preflight(SortedMap<String, String> allow) {
        SortedMap<String, String> headers = new TreeMap<>(allow);
        headers.put("access-control-allow-methods", "*");
        headers.put("access-control-allow-headers", "content-type,user-agent");
        return empty(200, headers);
    }

    /** Answers later: the work is begun with what takes the response. */
    static ApiResponse later(Consumer<Consumer<ApiResponse>> work) {
        LaterResponse response = new LaterResponse();
        work.accept(response::complete);
        return new ApiResponse(0, "", new TreeMap<>(), NOTHING, null, response);
    }

    /** Joins a response with who waits for it, whichever comes first. */
    private static final class LaterResponse implements ApiResponse.Later {
        private @Nullable ApiResponse response;
        private @Nullable Consumer<ApiResponse> taker;

        @Override
        public void then(Consumer<ApiResponse> newTaker) {
            taker = newTaker;
            join();
        }

        void complete(ApiResponse newResponse) {
            response = newResponse;
            join();
        }

        private void join() {
            if (taker != null && response != null) {
                taker.accept(response);
            }
        }
    }

    static ApiResponse lines(ApiResponse.LineSource lines) {
        return new ApiResponse(200, "application/x-ndjson", NOTHING, lines);
    }
}
