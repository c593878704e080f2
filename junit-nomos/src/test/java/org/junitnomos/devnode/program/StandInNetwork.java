package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.TestingClient;
import org.junitnomos.client.TestingClient.Peer;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.testkit.UdpNode;
import org.junitnomos.topology.LinkSpec;

/**
 * Lets a dev node have the peers that its UDP program hears of, for as long as it hears them: a link is down while
 * nothing comes from there, and stays so once the connection is lost. Peers are dialed when the node starts, and never
 * again.
 */
final class StandInNetwork {
    /** After that silence a link is down. */
    private static final long SILENT_MILLIS = 3_000;

    private static final long PERIOD_MILLIS = 50;
    private static final LinkSpec FAST = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);

    private final UdpNode udp;
    private final long silentMillis;
    private final TestingClient control;
    private final Set<String> known = new TreeSet<>();
    private Set<String> up = new TreeSet<>();

    private StandInNetwork(UdpNode udp, long silentMillis, TestingClient control) {
        this.silentMillis = silentMillis;
        this.udp = udp;
        this.control = control;
    }

    /** Starts it; a connection is lost after a silence of so many milliseconds (real nodes: about 10,000). */
    static void start(JsonNode config, ProgramConfig setup, long idleMillis) throws IOException {
        var listen = setup.listen();
        var udp = new UdpNode(listen.peer(), idleMillis, setup.node().name());
        config.at("/network/backend/initial_peers")
                .forEach(peer -> udp.dial(Integer.parseInt(peer.asText().replaceAll(".*/udp/([0-9]+)/.*", "$1"))));
        var client = NodeClients.overHttp()
                .client(new NodeEndpoint(
                        "myself",
                        URI.create("http://127.0.0.1:" + listen.api()),
                        URI.create("http://127.0.0.1:" + listen.testing())));
        var network = new StandInNetwork(udp, Math.max(SILENT_MILLIS, idleMillis / 10), client.devControl());
        Thread thread = new Thread(network::run, "stand-in-network");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                adjust(udp.heard(silentMillis));
            } catch (NodeApiException e) {
                known.clear(); // the node is not up yet, or ends
                up = new TreeSet<>();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void adjust(Map<String, Integer> heard) {
        var fresh = new ArrayList<Peer>();
        heard.forEach((name, port) -> {
            if (known.add(name)) {
                fresh.add(new Peer(name, "127.0.0.1:" + port));
            }
        });
        if (!fresh.isEmpty()) {
            control.addPeers(fresh);
            up.addAll(fresh.stream().map(Peer::name).toList());
        }
        if (!up.equals(heard.keySet())) {
            var links = known.stream()
                    .map(name -> new PeerLink(name, heard.containsKey(name), null, FAST))
                    .toList();
            control.setLinks(links);
            up = new TreeSet<>(heard.keySet());
        }
    }
}
