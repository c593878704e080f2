package org.junitnomos.devnode.program;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;

/**
 * The main port of a node that runs inside of another program: any HTTP client reaches it. Thread-safe.
 *
 * <p>It is bound when it is made, and answers from {@link #start} on, as the port of a node of its own does.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ApiPort implements AutoCloseable {
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpPort port;
    private final URI url;

    private ApiPort(HttpPort port, URI url) {
        this.port = port;
        this.url = url;
    }

    /** Hands requests to a core that somebody else drives. */
    public interface Core {
        /**
         * Asks the core, at once or when its turn comes.
         *
         * @param answer takes the response when it is ready, while the core is being called
         */
        void ask(ApiRequest request, Consumer<ApiResponse> answer);

        /** Closes the lines of a stream whose reader is gone, in a call of the core; nothing if the core is gone. */
        void leave(ApiResponse.LineSource lines);
    }

    /**
     * Binds a port.
     *
     * @param node name of the node, for threads and texts
     * @param host address to listen at
     * @param port number; 0 for any that is free
     * @param log takes level and text
     * @throws IOException if it cannot be bound; names host and port
     */
    public static ApiPort bind(String node, String host, int port, BiConsumer<String, String> log) throws IOException {
        HttpPort bound = withoutDelay(() -> new HttpPort(node, host, port, log));
        return new ApiPort(bound, URI.create("http://" + host + ":" + bound.port()));
    }

    private interface Binding {
        HttpPort bind() throws IOException;
    }

    /**
     * The server of the JDK reads this property once, with the first server of the JVM. Whoever runs this program gets
     * it back as it was.
     */
    private static synchronized HttpPort withoutDelay(Binding binding) throws IOException {
        if (System.getProperty(NO_DELAY) != null) {
            return binding.bind();
        }
        System.setProperty(NO_DELAY, "true");
        try {
            return binding.bind();
        } finally {
            System.clearProperty(NO_DELAY);
        }
    }

    /** {@return the base of its addresses, for example {@code http://127.0.0.1:20123}} */
    public URI url() {
        return url;
    }

    /** Answers from now on. */
    public void start(Core core) {
        port.start(request -> {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            core.ask(request, response -> reply.complete(Reply.of(response, core::leave)));
            return reply;
        });
    }

    /** Closes the port, its connections and its streams; idempotent. */
    @Override
    public void close() {
        port.stop();
    }
}
