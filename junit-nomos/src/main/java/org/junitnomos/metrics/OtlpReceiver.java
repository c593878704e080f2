package org.junitnomos.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.MetricsSink;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.VisibleText;

/**
 * Takes what nodes push by OTLP over HTTP, with bodies of protobuf, at a port of its own: nothing is opened before a
 * node is to push. Each node has a path of its own, which nobody else can guess. Thread-safe.
 *
 * <p>A push replaces what was told before, but for growths, which add up. What may be too much for the memory is left
 * out: bodies of more than 4 MiB, and all but the first 1,000 metrics of a node.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OtlpReceiver implements MetricsSink, PushedMetrics, AutoCloseable {
    private static final int MOST_BYTES = 4 << 20;
    private static final int THREADS = 4;
    private static final String PATH = "/v1/metrics";

    /** A node that pushed nothing for so long tells nothing any more; they push every second. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Consumer<String> notices;
    private final @Nullable OtlpForward forward;
    private final boolean decodes;
    private final LongSupplier nanos;
    private final String secret;
    private final Map<String, HttpServer> servers = new TreeMap<>();
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Set<String> noticed = new HashSet<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        var thread = new Thread(task, "metrics of nodes");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /** What one node told in this life. */
    private static final class Node {
        final Map<String, Double> growths = new TreeMap<>();
        SortedMap<String, String> values = new TreeMap<>();
        long at;
        boolean told;
    }

    /**
     * Opens nothing yet.
     *
     * @param target where every body is sent on to; null for nowhere
     * @param secret part of the paths that nobody else can guess
     * @param nanos tells the time
     * @param notices takes what users should know, once each
     */
    public OtlpReceiver(@Nullable URI target, String secret, LongSupplier nanos, Consumer<String> notices) {
        this(target, secret, nanos, notices, areClassesThere());
    }

    OtlpReceiver(@Nullable URI target, String secret, LongSupplier nanos, Consumer<String> notices, boolean decodes) {
        this.secret = secret;
        this.nanos = nanos;
        this.notices = notices;
        this.decodes = decodes;
        this.forward = target == null ? null : new OtlpForward(target, this::notice);
    }

    /** Whether the classes of OTLP are on the class path; asked here, as the decoder is not loaded without them. */
    private static boolean areClassesThere() {
        try {
            Class.forName(
                    "io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest",
                    true,
                    OtlpReceiver.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public synchronized Optional<URI> endpoint(String node, String host) {
        if (!decodes) {
            notice("The metrics of real nodes are not received, because the classes of OTLP are not on the class path:"
                    + " add io.opentelemetry.proto:opentelemetry-proto to your tests");
        }
        if (closed || !decodes && forward == null) {
            return Optional.empty();
        }
        try {
            var server = servers.get(host);
            if (server == null) {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
                server.setExecutor(threads);
                server.createContext("/", this::serve);
                server.start();
                servers.put(host, server);
            }
            var where = host.indexOf(':') < 0 ? host : "[" + host + "]";
            nodes.computeIfAbsent(node, name -> new Node());
            return Optional.of(URI.create(
                    "http://" + where + ":" + server.getAddress().getPort() + "/" + secret + "/" + node + PATH));
        } catch (IOException e) {
            notice("The metrics of real nodes are not received, because no port can be opened at " + host + ": "
                    + e.getMessage());
            return Optional.empty();
        }
    }

    private synchronized void notice(String text) {
        if (noticed.add(text)) {
            notices.accept(text + ".");
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = status(exchange);
            if (status == 200) {
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            }
            exchange.sendResponseHeaders(status, -1); // the message that says that all was taken is empty
        }
    }

    private int status(HttpExchange exchange) {
        var name = nodeOf(exchange.getRequestURI().getPath());
        var node = name == null ? null : nodes.get(name);
        if (name == null || node == null) {
            return 404;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/x-protobuf")) {
            return 415;
        }
        try {
            byte[] body = body(exchange);
            if (body.length > MOST_BYTES) {
                notice("A push of metrics of " + name + " is longer than 4 MiB, and left out");
                return 413;
            }
            if (decodes) {
                take(name, node, body);
            }
            if (forward != null) {
                forward.send(body);
            }
            return 200;
        } catch (IOException | IllegalArgumentException e) {
            notice("A push of metrics of " + name + " cannot be read: "
                    + VisibleText.ofLine(String.valueOf(e.getMessage())));
            return 400;
        }
    }

    private @Nullable String nodeOf(String path) {
        var begin = "/" + secret + "/";
        return path.startsWith(begin) && path.endsWith(PATH) && path.length() > begin.length() + PATH.length()
                ? path.substring(begin.length(), path.length() - PATH.length())
                : null;
    }

    /** Reads no more than one byte too many. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        try (InputStream plain = exchange.getRequestBody();
                InputStream input = "gzip".equals(encoding) ? new GZIPInputStream(plain) : plain) {
            return input.readNBytes(MOST_BYTES + 1);
        }
    }

    private void take(String name, Node node, byte[] body) {
        var now = new TreeMap<String, String>();
        var leftOut = new HashSet<String>();
        var growths = new TreeMap<String, Double>();
        OtlpDecoder.decode(body, new OtlpDecoder.Values() {
            @Override
            public void set(Metric metric, double value) {
                put(metric.toString(), value);
            }

            @Override
            public void add(Metric metric, double growth) {
                growths.merge(metric.toString(), growth, Double::sum);
            }

            private void put(String metric, double value) {
                if (now.size() < MetricText.MOST_METRICS || now.containsKey(metric)) {
                    now.put(metric, MetricNumber.text(value));
                } else {
                    leftOut.add(metric);
                }
            }
        });
        synchronized (node) {
            growths.forEach((metric, growth) -> {
                if (node.growths.size() < MetricText.MOST_METRICS || node.growths.containsKey(metric)) {
                    node.growths.merge(metric, growth, Double::sum);
                } else {
                    leftOut.add(metric);
                }
            });
            node.growths.forEach((metric, value) -> now.put(metric, MetricNumber.text(value)));
            node.values = now;
            node.at = nanos.getAsLong();
            node.told = true;
        }
        if (!leftOut.isEmpty()) {
            notice(name + " tells more than " + MetricText.MOST_METRICS + " metrics; others are left out");
        }
    }

    @Override
    public Optional<Told> of(String name) {
        var node = nodes.get(name);
        if (node == null) {
            return Optional.empty();
        }
        synchronized (node) {
            if (!node.told) {
                return Optional.empty();
            }
            long age = nanos.getAsLong() - node.at;
            return Optional.of(new Told(
                    node.values,
                    age > FRESH.toNanos()
                            ? "it has pushed no metrics for "
                                    + DurationText.format(Duration.ofSeconds(age / 1_000_000_000))
                            : null));
        }
    }

    @Override
    public void forget(String name) {
        nodes.computeIfPresent(name, (key, before) -> new Node());
    }

    /** Closes the ports. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
        if (forward != null) {
            forward.close();
        }
    }
}
