package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.MemoryBody;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.time.Timeline;

/** Carries HTTP exchanges to the nodes of one deployment by host name, inline on the calling thread. */
final class EmbeddedTransport implements HttpTransport {
    private static final String DOMAIN = ".nomos.test";
    private static final String TESTING = "-testing";

    private final Timeline timeline;
    private final Map<String, EmbeddedNode> nodes = new ConcurrentHashMap<>();

    EmbeddedTransport(Timeline timeline) {
        this.timeline = timeline;
    }

    static String apiAddress(String node) {
        return "http://" + node + DOMAIN;
    }

    static String testingAddress(String node) {
        return "http://" + node + TESTING + DOMAIN;
    }

    /** Takes in a node; {@code address} is the base of its API. */
    void add(EmbeddedNode node, URI address) {
        nodes.put(address.getAuthority(), node);
        nodes.put(node.name() + TESTING + DOMAIN, node);
    }

    @Override
    public long nanos() {
        return timeline.nanos();
    }

    @Override
    public Response exchange(Request request) throws IOException {
        timeline.checkManaged(request.method() + " " + request.url());
        String address = request.host();
        int port = address.indexOf(':');
        String host = port < 0 ? address : address.substring(0, port);
        EmbeddedNode node = nodes.getOrDefault(address, nodes.get(host));
        if (node == null) {
            throw new UnknownHostException(host);
        }
        ApiRequest parsed;
        try {
            parsed = parse(request);
        } catch (IllegalArgumentException e) {
            return text(400, "Failed to deserialize query string: " + e.getMessage());
        }
        return node.exchange(parsed, host.endsWith(TESTING + DOMAIN), request.timeout());
    }

    private static Response text(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return carry(new ApiResponse(status, "text/plain; charset=utf-8", bytes, null));
    }

    /** Holds a response that is no stream, as a client gets it. */
    static Response carry(ApiResponse response) {
        return new Response(response.status(), response.headers(), new MemoryBody(response.body()));
    }

    static ApiRequest parse(Request request) {
        String target = request.path();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        var query = new LinkedHashMap<String, String>();
        if (mark >= 0 && mark + 1 < target.length()) {
            for (String pair : target.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new ApiRequest(
                request.method(),
                decode(path.replace("+", "%2B")), // a plus sign means a blank in a query only
                query,
                request.contentType(),
                request.body());
    }

    private static String decode(String text) {
        boolean plain = text.indexOf('%') < 0 && text.indexOf('+') < 0;
        return plain ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
