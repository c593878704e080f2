package org.junitnomos.metrics;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junitnomos.client.RouteTally;

/** Serves everything that a collector has, as Prometheus text, at a port of this machine. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MetricsPage implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String LATENCY = "nomos_client_latency_seconds";

    private final HttpServer server;
    private final String path;
    private volatile boolean asked;

    private MetricsPage(HttpServer server, String path) {
        this.server = server;
        this.path = path;
    }

    /**
     * Opens a port.
     *
     * @param host address at which it listens, which others may reach, too
     * @param secret part of the path that nobody else can guess
     * @param text what is served, asked for each time
     * @throws IOException if no port can be opened
     */
    public static MetricsPage open(String host, String secret, Supplier<String> text) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
        var page = new MetricsPage(server, "/" + secret + PATH);
        server.createContext(page.path, exchange -> {
            page.asked = true;
            try (exchange) {
                byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return page;
    }

    /** {@return where it is served} */
    public URI url() {
        var address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
    }

    /** Says whether it was asked for at all. */
    boolean isAsked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Adds what one node told, with its name as labels {@code node} and {@code job}. */
    static void append(StringBuilder page, String node, SortedMap<String, String> values) {
        values.forEach((metric, value) -> append(page, of(Metric.parse(metric), node), value));
    }

    static void append(StringBuilder page, Metric metric, String value) {
        page.append(metric).append(' ').append(value).append('\n');
    }

    private static Metric of(Metric metric, String node) {
        var labels = new TreeMap<>(metric.labels());
        for (var own : new String[] {"node", "job"}) {
            var told = labels.put(own, node);
            if (told != null) {
                labels.put("exported_" + own, told);
            }
        }
        return new Metric(metric.name(), labels);
    }

    /** Adds how long requests took as a histogram; those that failed are in none but its last bucket. */
    static void appendLatency(StringBuilder page, String node, SortedMap<String, String> seen) {
        seen.forEach((text, requests) -> {
            var metric = Metric.parse(text);
            var route = metric.labels().get("route");
            if (!metric.name().equals(SeenMetrics.REQUESTS) || route == null) {
                return;
            }
            long all = Long.parseLong(requests);
            long errors = Long.parseLong(seen.getOrDefault(SeenMetrics.named(SeenMetrics.ERRORS, route), "0"));
            for (var limit : RouteTally.LIMITS) {
                var slower = seen.getOrDefault(SlowRequests.metric(route, limit).toString(), "0");
                append(
                        page,
                        bucket(node, route, SlowRequests.text(limit)),
                        Long.toString(all - errors - Long.parseLong(slower)));
            }
            append(page, bucket(node, route, "+Inf"), requests);
            append(page, of(SeenMetrics.metric(LATENCY + "_count", route), node), requests);
            append(
                    page,
                    of(SeenMetrics.metric(LATENCY + "_sum", route), node),
                    seen.getOrDefault(SeenMetrics.named(SeenMetrics.SECONDS, route), "0"));
        });
    }

    private static Metric bucket(String node, String route, String limit) {
        var labels = new TreeMap<String, String>();
        labels.put("route", route);
        labels.put("le", limit);
        return of(new Metric(LATENCY + "_bucket", labels), node);
    }
}
