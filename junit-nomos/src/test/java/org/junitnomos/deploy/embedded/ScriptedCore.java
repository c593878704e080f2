package org.junitnomos.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.mantle.HeaderId;

/**
 * A core without a chain: it keeps its links as a dev node does, answers the routes that readiness and faults need, and
 * has a stream of ticks. Hello messages are all it sends.
 */
class ScriptedCore implements NodeCore {
    static final PeerMessage HELLO = new PeerMessage.Hello(HeaderId.ZERO, 0, HeaderId.ZERO, true);
    private static final PeerMessage REPLY = new PeerMessage.Hello(HeaderId.ZERO, 0, HeaderId.ZERO, false);
    private static final String PEERS = "/test/dev/peers";
    private static final ObjectMapper JSON = new ObjectMapper();

    final DevNodeConfig config;
    final Outbox outbox;
    final List<String> received = new ArrayList<>();
    final List<Long> ticks = new ArrayList<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private @Nullable Consumer<byte[]> stream;
    private @Nullable Runnable streamEnd;
    private long skewNanos;

    ScriptedCore(DevNodeConfig config, NodeStore store, Outbox outbox) {
        this.config = config;
        this.outbox = outbox;
        this.skewNanos = config.skewNanos();
        config.peers().forEach(peer -> links.put(peer, new Link(config.link())));
    }

    private static final class Link {
        boolean up = true;
        boolean connected;
        DevNodeConfig.LinkQuality quality;

        Link(DevNodeConfig.LinkQuality quality) {
            this.quality = quality;
        }
    }

    @Override
    public void start(long now) {
        outbox.log("INFO", "started at " + now);
        links.forEach((peer, link) -> outbox.send(peer, HELLO, link.quality.latencyNanos()));
    }

    @Override
    public long nextTick(long now) {
        return (now / config.slotNanos() + 1) * config.slotNanos();
    }

    @Override
    public void tick(long now) {
        ticks.add(now);
        outbox.log("DEBUG", "tick");
        if (stream != null) {
            stream.accept(("{\"tick\":" + now + "}").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void receive(String peer, PeerMessage message, long now) {
        var link = links.get(peer);
        if (link == null || !link.up) {
            return;
        }
        received.add(peer + " " + message.getClass().getSimpleName() + " " + now);
        link.connected = true;
        if (message.equals(HELLO)) {
            outbox.send(peer, REPLY, link.quality.latencyNanos());
        }
    }

    @Override
    public ApiResponse handle(ApiRequest request, long now) {
        return switch (request.path()) {
            case "/cryptarchia/info" -> json(200, info());
            case "/network/info" -> json(200, networkInfo());
            case "/ticks" -> new ApiResponse(200, "application/x-ndjson", new byte[0], new Ticks());
            case "/panic" -> throw new IllegalStateException("planted");
            case "/echo" -> json(200, "\"" + request.query() + "\"");
            default -> json(404, "");
        };
    }

    String info() {
        return "{\"lib\":\"" + HeaderId.ZERO + "\",\"tip\":\"" + HeaderId.ZERO
                + "\",\"slot\":0,\"height\":0,\"mode\":\"Online\"}";
    }

    String networkInfo() {
        long peers = links.values().stream().filter(link -> link.connected).count();
        return "{\"listen_addresses\":[],\"n_peers\":" + peers + ",\"n_connections\":" + peers
                + ",\"n_pending_connections\":0}";
    }

    @Override
    public ApiResponse handleTesting(ApiRequest request, long now) {
        try {
            if (request.path().equals("/test/dev/clock")) {
                if (request.method().equals("POST")) {
                    skewNanos = JSON.readTree(request.body()).get("skew_us").asLong() * 1_000;
                }
                return json(200, "{\"skew_us\":" + skewNanos / 1_000 + "}");
            }
            if (request.path().startsWith(PEERS)) {
                return changePeers(request);
            }
            if (request.method().equals("POST")) {
                for (var change : JSON.readTree(request.body())) {
                    change(change);
                }
            }
            return json(200, describeLinks().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiResponse changePeers(ApiRequest request) throws IOException {
        if (request.method().equals("DELETE")) {
            links.remove(request.path().substring(PEERS.length() + 1));
        } else {
            for (var peer : JSON.readTree(request.body())) {
                var name = peer.get("peer").asText();
                links.putIfAbsent(name, new Link(config.link()));
                outbox.send(name, HELLO, config.link().latencyNanos());
            }
        }
        return json(200, "[]");
    }

    private void change(JsonNode change) {
        String peer = change.get("peer").asText();
        var link = links.get(peer);
        boolean up = change.get("up").asBoolean();
        if (up && !link.up) {
            outbox.send(peer, HELLO, link.quality.latencyNanos());
        }
        link.up = up;
        link.connected &= up;
        link.quality = new DevNodeConfig.LinkQuality(
                change.get("latency_us").asLong() * 1_000,
                change.get("jitter_us").asLong() * 1_000,
                change.get("loss_per_mille").asInt(),
                change.get("bytes_per_second").asLong());
    }

    private ArrayNode describeLinks() {
        ArrayNode all = JSON.createArrayNode();
        links.forEach((peer, link) -> {
            ObjectNode each = all.addObject();
            each.put("peer", peer).put("up", link.up).put("connected", link.connected);
            each.put("latency_us", link.quality.latencyNanos() / 1_000);
            each.put("jitter_us", link.quality.jitterNanos() / 1_000);
            each.put("loss_per_mille", link.quality.lossPerMille());
            each.put("bytes_per_second", link.quality.bandwidth());
        });
        return all;
    }

    private static ApiResponse json(int status, String body) {
        return new ApiResponse(status, "application/json", body.getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public void stop() {
        if (streamEnd != null) {
            streamEnd.run();
        }
    }

    /** One line a tick. */
    private final class Ticks implements ApiResponse.LineSource {
        @Override
        public void begin(Consumer<byte[]> sink, Runnable end) {
            stream = sink;
            streamEnd = end;
        }

        @Override
        public void close() {
            stream = null;
            streamEnd = null;
        }
    }
}
