package org.junitnomos.devnode.program;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.MetricLines;
import org.junitnomos.devnode.NodeCore;

/** Answers what the program serves on the testing port beside the core: its peers' addresses, and their metrics. */
final class ProgramRoutes {
    private final PeerLinks network;
    private final PeerRoutes peers;

    ProgramRoutes(PeerLinks network) {
        this.network = network;
        this.peers = new PeerRoutes(network);
    }

    /** Answers a request; null if it is for the core. */
    @Nullable
    Reply answer(ApiRequest request, NodeCore core, long now) {
        if (!request.path().equals(MetricLines.PATH)) {
            return peers.answer(request, core, now);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> metrics(core, now);
            default -> null;
        };
    }

    /** What the core tells, and what goes over the connections, which only the program knows. */
    private Reply metrics(NodeCore core, long now) {
        ApiRequest request = new ApiRequest("GET", MetricLines.PATH, new LinkedHashMap<>(), "", new byte[0]);
        ApiResponse told = core.handleTesting(request, now);
        if (told.status() != 200) {
            return Reply.of(told);
        }
        return Reply.of(
                200,
                MetricLines.CONTENT_TYPE,
                new String(told.body(), StandardCharsets.UTF_8) + ofConnections() + ProcessLines.now());
    }

    private MetricLines ofConnections() {
        long sent = 0;
        long dropped = 0;
        for (PeerSender sender : network.senders().values()) {
            PeerSender.Status status = sender.status();
            sent += status.sent();
            dropped += status.dropped();
        }
        long received = network.listener().received();
        long refused = network.listener().refused();
        return new MetricLines()
                .counter("nomos_dev_node_messages_sent", "Messages sent to peers.", sent)
                .counter("nomos_dev_node_messages_dropped", "Messages dropped because too many waited.", dropped)
                .counter("nomos_dev_node_messages_received", "Messages received from peers.", received)
                .counter("nomos_dev_node_connections_refused", "Connections closed for what they sent.", refused);
    }
}
