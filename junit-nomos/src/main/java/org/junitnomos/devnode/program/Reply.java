package org.junitnomos.devnode.program;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A response that can be written without the core.
 *
 * @param status status code
 * @param contentType value of Content-Type; empty if there is none
 * @param body the body; empty for a stream
 * @param lines lines of a stream; null unless it is one
 * @param release run when the response is written, or the reader has gone
 */
record Reply(
        int status,
        String contentType,
        byte[] body,
        @Nullable LineQueue lines,
        Runnable release) implements AutoCloseable {
    static Reply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    static Reply of(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), null, () -> {});
    }

    static Reply empty(int status) {
        return of(status, "", "");
    }

    @Override
    public void close() {
        release.run();
    }
}
