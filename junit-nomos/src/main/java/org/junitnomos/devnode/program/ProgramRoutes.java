package org.junitnomos.devnode.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.NodeCore;

/** Answer what the program serves on the testing port beside the core: addresses of peers, and metrics. */
final class ProgramRoutes {
    private static final String PEERS = "/test/dev/peers";
    private static final String METRICS = "/metrics";

    /** As a tree a body takes many times its size. */
    private static final int MAX_BODY = 256 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerNetwork network;
    private final AtomicLong blocks;

    ProgramRoutes(PeerNetwork network, AtomicLong blocks) {
        this.network = network;
        this.blocks = blocks;
    }

    /** Answer a request; null if it is for the core. */
    @Nullable
    Reply answer(ApiRequest request, NodeCore core, long now) {
        String route = request.method() + " " + request.path();
        return switch (route) {
            case "GET " + PEERS -> list();
            case "POST " + PEERS -> change(request);
            case "GET " + METRICS -> metrics(core, now);
            default -> request.path().equals(PEERS) || request.path().equals(METRICS) ? Reply.empty(405) : null;
        };
    }

    private Reply list() {
        ArrayNode list = JSON.createArrayNode();
        network.senders().forEach((peer, sender) -> {
            PeerSender.Status status = sender.status();
            PeerAddress address = status.address();
            ObjectNode entry = list.addObject().put("peer", peer);
            entry.put("address", address == null ? null : address.toString());
            entry.put("connected", status.connected());
        });
        return Reply.of(200, "application/json", list.toString());
    }

    /** Change all addresses, or none if one of them is wrong. */
    private Reply change(ApiRequest request) {
        if (request.body().length > MAX_BODY) {
            return Reply.text(413, "length limit exceeded");
        }
        JsonNode body;
        try {
            body = JSON.readTree(request.body());
        } catch (IOException malformed) {
            String problem =
                    malformed instanceof JsonProcessingException json ? json.getOriginalMessage() : "unreadable";
            return Reply.text(400, "Failed to parse the request body as JSON: " + problem);
        }
        if (!body.isArray()) {
            return wrong("expected a list of peers but was " + body.getNodeType());
        }
        Map<PeerSender, PeerAddress> changes = new LinkedHashMap<>();
        for (JsonNode entry : body) {
            String peer = entry.path("peer").asText();
            PeerSender sender = network.find(peer);
            if (sender == null) {
                return Reply.text(
                        404,
                        "No link to '" + peer + "'; the peers of this node are "
                                + network.senders().keySet() + ".");
            }
            PeerAddress address = PeerAddress.parse(entry.path("address").asText());
            if (address == null) {
                return wrong("address of '" + peer + "': expected host:port but was " + entry.path("address"));
            }
            changes.put(sender, address);
        }
        changes.forEach(PeerSender::moveTo);
        return list();
    }

    private static Reply wrong(String problem) {
        return Reply.text(422, "Failed to deserialize the JSON body into the target type: " + problem);
    }

    private Reply metrics(NodeCore core, long now) {
        JsonNode chain = ask(core, "/cryptarchia/info", now);
        JsonNode mempool = ask(core, "/mantle/metrics", now);
        JsonNode peers = ask(core, "/network/info", now);
        long sent = 0;
        long dropped = 0;
        for (PeerSender sender : network.senders().values()) {
            PeerSender.Status status = sender.status();
            sent += status.sent();
            dropped += status.dropped();
        }
        StringBuilder text = new StringBuilder();
        add(text, "consensus_processed_blocks", "counter", "Blocks applied since the start.", blocks.get());
        add(
                text,
                "nomos_dev_node_height",
                "gauge",
                "Height of the tip.",
                chain.path("height").asLong());
        add(
                text,
                "nomos_dev_node_tip_slot",
                "gauge",
                "Slot of the tip.",
                chain.path("slot").asLong());
        long pending = mempool.path("pending_items").asLong();
        add(text, "nomos_dev_node_mempool_pending", "gauge", "Pending transactions.", pending);
        add(
                text,
                "nomos_dev_node_peers",
                "gauge",
                "Peers heard lately.",
                peers.path("n_peers").asLong());
        add(text, "nomos_dev_node_messages_sent", "counter", "Messages sent to peers.", sent);
        add(text, "nomos_dev_node_messages_dropped", "counter", "Messages dropped because too many waited.", dropped);
        long received = network.listener().received();
        add(text, "nomos_dev_node_messages_received", "counter", "Messages received from peers.", received);
        long refused = network.listener().refused();
        add(text, "nomos_dev_node_connections_refused", "counter", "Connections closed for what they sent.", refused);
        return Reply.of(200, "text/plain; version=0.0.4; charset=utf-8", text.toString());
    }

    private static JsonNode ask(NodeCore core, String path, long now) {
        ApiRequest request = new ApiRequest("GET", path, new LinkedHashMap<>(), "", new byte[0]);
        try {
            return JSON.readTree(new String(core.handle(request, now).body(), StandardCharsets.UTF_8));
        } catch (IOException noJson) {
            return JSON.missingNode();
        }
    }

    private static void add(StringBuilder text, String name, String type, String help, long value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }
}
