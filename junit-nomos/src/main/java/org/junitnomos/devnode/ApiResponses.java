package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;

/** Build responses of the kinds the node knows (node contract 1.1). */
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

    static ApiResponse empty(int status) {
        return new ApiResponse(status, "", NOTHING, null);
    }

    static ApiResponse lines(ApiResponse.LineSource lines) {
        return new ApiResponse(200, "application/x-ndjson", NOTHING, lines);
    }
}
