package org.junitnomos.devnode;

import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response for a driver to write.
 *
 * @param status status code
 * @param contentType value of Content-Type; empty if the body is
 * @param body the body; empty for a stream
 * @param lines lines to write as they come; null unless the response is a stream
 * @param later gives the response once it is known, all else means nothing then; null unless that takes a while
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ApiResponse(
        int status,
        String contentType,
        byte[] body,
        @Nullable LineSource lines,
        @Nullable Later later) {
    /**
     * Holds a response that is ready.
     *
     * @param status status code
     * @param contentType value of Content-Type; empty if the body is
     * @param body the body; empty for a stream
     * @param lines lines to write as they come; null unless the response is a stream
     */
    public ApiResponse(int status, String contentType, byte[] body, @Nullable LineSource lines) {
        this(status, contentType, body, lines, null);
    }

    /** Gives the response once it is known. */
    public interface Later {
        /**
         * Waits for the response.
         *
         * @param taker takes the response, which is ready; called once, while the core is being called
         */
        void then(Consumer<ApiResponse> taker);
    }

    /**
     * Hands over the response: at once if it is ready, later if not.
     *
     * @param taker takes the response, which is ready; called while the core is being called
     */
    public void whenReady(Consumer<ApiResponse> taker) {
        if (later == null) {
            taker.accept(this);
        } else {
            later.then(taker);
        }
    }

    /** Produces lines until it is closed. */
    public interface LineSource {
        /**
         * Begins: every line from now on goes to the sink, without its line feed.
         *
         * @param sink takes lines; called while the core is being called
         * @param end called once when the node ends the stream
         */
        void begin(Consumer<byte[]> sink, Runnable end);

        /** Ends: the reader went away. */
        void close();
    }
}
