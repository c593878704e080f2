package org.junitnomos.devnode.program;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.junitnomos.devnode.ApiRequest;

/** Serves one HTTP port of the node. It is bound when it is created, and answers from {@link #start} on. */
final class HttpPort {
    /** How many bytes the large bodies may have that are dealt with at the same time: they must not fill the memory. */
    private static final int MOST_OF_LARGE = 32 * 1024 * 1024;

    /** A real node serves 500 requests at the same time (node contract 1.1); here more than that are cut off. */
    private static final int MAX_THREADS = 500;

    private static final long TIMEOUT_SECONDS = 30;
    private static final byte[] LINE_FEED = {'\n'};

    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore large = new Semaphore(MOST_OF_LARGE, true);
    private final BiConsumer<String, String> log;
    private final Queue<LineQueue> streams = new ConcurrentLinkedQueue<>();
    private boolean started;
    private volatile boolean stopped;

    /** Answers requests; the lines of a stream begin with the answer. */
    interface Handler {
        CompletableFuture<Reply> handle(ApiRequest request);
    }

    /** Binds a port; the log takes level and text of what happens at it beside answers. */
    HttpPort(String name, String host, int port, BiConsumer<String, String> log) throws IOException {
        this.log = log;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 128);
        } catch (BindException taken) {
            throw new IOException("The " + name + " port " + host + ":" + port + " cannot be bound.", taken);
        }
        this.threads = new ThreadPoolExecutor(0, MAX_THREADS, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "http " + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Sets what the server of the JDK takes from system properties; before the first port is made. */
    static void configure() {
        // Without it each small response waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // A client that does not get its request out is cut off; else each would keep a thread for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(TIMEOUT_SECONDS));
    }

    int port() {
        return server.getAddress().getPort();
    }

    synchronized void start(Handler handler, Filter... filters) {
        server.createContext("/", exchange -> serve(exchange, handler))
                .getFilters()
                .addAll(List.of(filters));
        run();
    }

    private void run() {
        server.setExecutor(threads);
        server.start();
        started = true;
    }

    /** Closes the port and all connections; streams end, also those of a core that does not end them. */
    synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        streams.forEach(LineQueue::end);
        if (!started) {
            run(); // a server that never ran keeps its port
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange, Handler handler) {
        try (exchange;
                RequestBody body = new RequestBody(exchange.getRequestBody(), large)) {
            ApiRequest request;
            try {
                request = parse(exchange, body);
            } catch (IllegalArgumentException malformed) {
                String text = "Failed to deserialize query string: " + malformed.getMessage();
                write(exchange, Reply.text(400, text));
                return;
            } catch (IOException broken) {
                write(exchange, Reply.text(400, "Failed to buffer the request body: " + broken.getMessage()));
                return;
            }
            write(exchange, await(handler.handle(request), request));
        } catch (IOException readerGone) {
            log.accept("DEBUG", "The reader of " + exchange.getRequestURI() + " went away: " + readerGone.getMessage());
        }
    }

    private Reply await(CompletableFuture<Reply> answer, ApiRequest request) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            answer.thenAccept(Reply::close);
            return Reply.empty(408);
        } catch (ExecutionException failure) {
            log.accept("WARN", request.method() + " " + request.path() + " failed: " + failure.getCause());
            return Reply.text(500, "channel closed");
        } catch (InterruptedException stopping) {
            answer.thenAccept(Reply::close);
            return Reply.text(500, "channel closed");
        }
    }

    private void write(HttpExchange exchange, Reply reply) throws IOException {
        try (reply) {
            // Not putAll, which JDK 17 lets names in lower case through, beside those that the server sets itself.
            reply.headers().forEach(exchange.getResponseHeaders()::put);
            LineQueue lines = reply.lines();
            if (lines == null) {
                boolean hasBody =
                        reply.body().length > 0 && !exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(reply.status(), hasBody ? reply.body().length : -1);
                if (hasBody) {
                    exchange.getResponseBody().write(reply.body());
                    exchange.getResponseBody().flush(); // before the rest of a long request is waited for
                }
                return;
            }
            exchange.sendResponseHeaders(reply.status(), 0);
            lines.writtenBy(Thread.currentThread());
            streams.add(lines);
            try {
                if (stopped) {
                    lines.end();
                }
                write(lines, exchange.getResponseBody());
            } finally {
                streams.remove(lines);
                lines.writtenBy(null);
            }
        }
    }

    private static void write(LineQueue lines, OutputStream out) throws IOException {
        out.flush();
        for (byte[] line = lines.take(); line != null; line = lines.take()) {
            out.write(line);
            out.write(LINE_FEED);
            out.flush();
        }
    }

    private static ApiRequest parse(HttpExchange exchange, RequestBody body) throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!name.isEmpty()) {
                    query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }
        String path = exchange.getRequestURI().getPath();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String declared = exchange.getRequestHeaders().getFirst("Content-Length");
        long length = declared == null ? 0 : Long.parseLong(declared);
        byte[] read = body.read(length);
        return new ApiRequest(
                exchange.getRequestMethod(),
                path == null ? "" : path,
                query,
                type == null ? "" : type,
                read,
                Math.max(read.length, length));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
