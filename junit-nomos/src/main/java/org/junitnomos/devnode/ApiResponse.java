package org.junitnomos.devnode;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response for a driver to write.
 *
 * @param status status code
 * @param contentType value of Content-Type; empty if the body is
 * @param others what other headers there are than those of every response; names in lower case
 * @param body the body; empty for a stream
 * @param lines lines to write as they come; null unless the response is a stream
 * @param later gives the response once it is known, all else means nothing then; null unless that takes a while
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ApiResponse(
        int status,
        String contentType,
        SortedMap<String, String> others,
        byte[] body,
        @Nullable LineSource lines,
        @Nullable Later later) {
    private static final byte[] NOTHING = new byte[0];

    /**
     * Holds a response that is ready.
     *
     * @param status status code
     * @param contentType value of Content-Type; empty if the body is
     * @param body the body; empty for a stream
     * @param lines lines to write as they come; null unless the response is a stream
     */
    public ApiResponse(int status, String contentType, byte[] body, @Nullable LineSource lines) {
        this(status, contentType, new TreeMap<>(), body, lines, null);
    }

    /**
     * Returns all headers, those included that every response has (node contract 1.1).
     *
     * @return a fresh map of lists of one value; names in lower case
     */
    public SortedMap<String, List<String>> headers() {
        SortedMap<String, List<String>> headers = new TreeMap<>();
        headers.put("access-control-allow-origin", List.of("*"));
        headers.put("vary", List.of("origin, access-control-request-method, access-control-request-headers"));
        if (!contentType.isEmpty()) {
            headers.put("content-type", List.of(contentType));
        }
        if (lines == null) {
            headers.put("content-length", List.of(Integer.toString(body.length)));
        }
        others.forEach((name, value) -> headers.put(name, List.of(value)));
        return headers;
    }

    /** Returns the response to HEAD where this is the one to GET. */
    ApiResponse withoutBody() {
        SortedMap<String, String> headers = new TreeMap<>(others);
        if (lines == null) {
            headers.put("content-length", Integer.toString(body.length));
        }
        return new ApiResponse(status, contentType, headers, NOTHING, null, null);
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
