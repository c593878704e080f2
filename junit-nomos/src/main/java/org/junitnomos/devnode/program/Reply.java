package org.junitnomos.devnode.program;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiResponse;

/**
 * A response that can be written without the core.
 *
 * @param status status code
 * @param headers all headers
 * @param body the body; empty for a stream
 * @param lines lines of a stream; null unless it is one
 * @param release run when the response is written, or the reader has gone
 */
record Reply(
        int status,
        SortedMap<String, List<String>> headers,
        byte[] body,
        @Nullable LineQueue lines,
        Runnable release) implements AutoCloseable {
    static Reply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    static Reply of(int status, String contentType, String text) {
        return of(new ApiResponse(status, contentType, text.getBytes(StandardCharsets.UTF_8), null));
    }

    static Reply empty(int status) {
        return of(status, "", "");
    }

    /** Holds a response that is no stream. */
    static Reply of(ApiResponse response) {
        return new Reply(response.status(), response.headers(), response.body(), null, () -> {});
    }

    /**
     * Holds a response that is ready; the lines of a stream begin now.
     *
     * @param gone takes the lines of a stream when nobody reads them any more, to close them with the core
     */
    static Reply of(ApiResponse response, Consumer<ApiResponse.LineSource> gone) {
        ApiResponse.LineSource lines = response.lines();
        if (lines == null) {
            return of(response);
        }
        LineQueue queue = new LineQueue();
        lines.begin(queue::add, queue::end);
        return new Reply(response.status(), response.headers(), response.body(), queue, () -> {
            queue.end();
            gone.accept(lines);
        });
    }

    @Override
    public void close() {
        release.run();
    }
}
