package org.junitnomos.devnode.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.JsonTrees;
import org.junitnomos.devnode.NodeCore;

/**
 * Answers {@code /test/dev/peers}: who the peers are and where they are reached. The core keeps the links to them, the
 * network of the program the connections.
 */
final class PeerRoutes {
    private static final String PEERS = "/test/dev/peers";

    /** As a tree a body takes many times its size. */
    private static final int MAX_BODY = 256 * 1024;

    private final PeerLinks network;

    PeerRoutes(PeerLinks network) {
        this.network = network;
    }

    /** Answers a request; null if it is for the core. */
    @Nullable
    Reply answer(ApiRequest request, NodeCore core, long now) {
        String method = request.method();
        if (request.path().startsWith(PEERS + "/") && method.equals("DELETE")) {
            return remove(request, core, now);
        }
        if (!request.path().equals(PEERS)) {
            return null;
        }
        return switch (method) {
            case "GET", "HEAD" -> list();
            case "POST" -> change(request, core, now);
            default -> null;
        };
    }

    private Reply list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        network.senders().forEach((peer, sender) -> {
            PeerSender.Status status = sender.status();
            PeerAddress address = status.address();
            ObjectNode entry = list.addObject().put("peer", peer);
            entry.put("address", address == null ? null : address.toString());
            entry.put("connected", status.connected());
            entry.put("unreachable", status.unreachable());
        });
        return Reply.of(new ApiResponse(200, "application/json", JsonTrees.write(list), null));
    }

    private Reply remove(ApiRequest request, NodeCore core, long now) {
        ApiResponse removed = core.handleTesting(request, now);
        if (removed.status() != 200) {
            return Reply.of(removed);
        }
        network.remove(request.path().substring(PEERS.length() + 1));
        return list();
    }

    /** Adds the peers that are not known and changes all addresses, or nothing if one of them is wrong. */
    private Reply change(ApiRequest request, NodeCore core, long now) {
        if (request.body().length > MAX_BODY) {
            return Reply.text(413, "length limit exceeded");
        }
        JsonNode body;
        try {
            body = JsonTrees.read(request.body());
        } catch (IOException malformed) {
            String problem =
                    malformed instanceof JsonProcessingException json ? json.getOriginalMessage() : "unreadable";
            return Reply.text(400, "Failed to parse the request body as JSON: " + problem);
        }
        if (!body.isArray()) {
            return wrong("expected a list of peers but was " + body.getNodeType());
        }
        Map<String, @Nullable PeerAddress> addresses = new LinkedHashMap<>();
        for (JsonNode entry : body) {
            String peer = entry.path("peer").asText();
            PeerAddress address = PeerAddress.parse(entry.path("address").asText());
            if (address == null && entry.hasNonNull("address")) {
                return wrong("address of '" + peer + "': expected host:port but was " + entry.path("address"));
            }
            addresses.put(peer, address);
        }
        // Connections first, so that the hello of the core to a new peer has a way out.
        Map<String, @Nullable PeerAddress> fresh = new LinkedHashMap<>(addresses);
        fresh.keySet().removeIf(peer -> network.find(peer) != null);
        fresh.forEach(network::add);
        ApiResponse added = core.handleTesting(request, now);
        if (added.status() != 200) {
            fresh.keySet().forEach(network::remove);
            return Reply.of(added);
        }
        addresses.forEach(network::move);
        for (JsonNode entry : body) {
            if (entry.path("reconnect").asBoolean()) {
                network.reconnect(entry.path("peer").asText());
            }
        }
        return list();
    }

    private static Reply wrong(String problem) {
        return Reply.text(422, "Failed to deserialize the JSON body into the target type: " + problem);
    }
}
