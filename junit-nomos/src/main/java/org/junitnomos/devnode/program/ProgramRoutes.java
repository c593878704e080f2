package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.NodeCore;

/** Answers what the program serves on the testing port beside the core: addresses of peers, and metrics. */
final class ProgramRoutes {
    static final String METRICS = "/metrics";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerLinks network;
    private final PeerRoutes peers;
    private final AtomicLong blocks;

    ProgramRoutes(PeerLinks network, AtomicLong blocks) {
        this.network = network;
        this.peers = new PeerRoutes(network);
        this.blocks = blocks;
    }

    /** Answers a request; null if it is for the core. */
    @Nullable
    Reply answer(ApiRequest request, NodeCore core, long now) {
        if (!request.path().equals(METRICS)) {
            return peers.answer(request, core, now);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> metrics(core, now);
            case "OPTIONS" -> null;
            default -> Reply.notAllowed("GET,HEAD");
        };
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
