package org.junitnomos.devnode;

import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Hold an HTTP response for a driver to write.
 *
 * @param status status code
 * @param contentType value of Content-Type; empty if the body is
 * @param body the body; empty for a stream
 * @param lines lines to write as they come; null unless the response is a stream
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ApiResponse(
        int status,
        String contentType,
        byte[] body,
        @Nullable LineSource lines) {
    /** Produce lines until it is closed. */
    public interface LineSource {
        /**
         * Begin: every line from now on goes to the sink, without its line feed.
         *
         * @param sink takes lines; called while the core is being called
         * @param end called once when the node ends the stream
         */
        void begin(Consumer<byte[]> sink, Runnable end);

        /** End: the reader went away. */
        void close();
    }
}
