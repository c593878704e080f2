package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.testkit.UdpNode;
import org.junitnomos.topology.LinkSpec;

/**
 * Lets a dev node have the peers that its UDP program hears of, for as long as it hears them: a link is down while
 * nothing comes from there, and stays so once the connection is lost. Peers are dialed when the node starts, and never
 * again.
 *
 * <p>For data availability it has a program of its own, which dials all other members by the locators of the genesis,
 * again and again; whom it hears stands in {@link #MEMBERS}, one a line. The dev node does not use it.
 */
final class StandInNetwork {
    /** Beside the configuration. */
    static final String MEMBERS = "members.txt";

    /** After that silence a link is down. */
    private static final long SILENT_MILLIS = 3_000;

    private static final long PERIOD_MILLIS = 50;
    private static final LinkSpec FAST = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);

    private final UdpNode udp;
    private final long silentMillis;
    private final TestingClient control;
    private final Members members;
    private final Set<String> known = new TreeSet<>();
    private Set<String> up = new TreeSet<>();

    /** The network of data availability: where the others are reached, and where it is said whom it hears. */
    private record Members(UdpNode udp, List<Integer> locators, Path file) {}

    private StandInNetwork(UdpNode udp, long silentMillis, TestingClient control, Members members) {
        this.silentMillis = silentMillis;
        this.udp = udp;
        this.control = control;
        this.members = members;
    }

    /** Starts it; a connection is lost after a silence of so many milliseconds (real nodes: about 10,000). */
    static void start(Path file, JsonNode config, ProgramConfig setup, long idleMillis) throws IOException {
        var listen = setup.listen();
        var udp = new UdpNode(listen.peer(), idleMillis, setup.node().name());
        config.at("/network/backend/initial_peers").forEach(peer -> udp.dial(port(peer.asText())));
        var client = NodeClients.overHttp()
                .client(new NodeEndpoint(
                        "myself",
                        URI.create("http://127.0.0.1:" + listen.api()),
                        URI.create("http://127.0.0.1:" + listen.testing())));
        var network = new StandInNetwork(
                udp,
                Math.max(SILENT_MILLIS, idleMillis / 10),
                client.devControl(),
                members(file, config, setup, idleMillis));
        Thread thread = new Thread(network::run, "stand-in-network");
        thread.setDaemon(true);
        thread.start();
    }

    private static Members members(Path file, JsonNode config, ProgramConfig setup, long idleMillis)
            throws IOException {
        String own = setup.node().name();
        JsonNode backend = config.at("/da_network/backend");
        JsonNode validator = backend.has("validator_settings") ? backend.path("validator_settings") : backend;
        var locators = new ArrayList<Integer>();
        for (SdpDeclare declare : setup.genesis().declarations()) {
            String locator = declare.locators().get(0).toString();
            if (declare.serviceType() == ServiceType.DATA_AVAILABILITY && !own.endsWith(":" + port(locator))) {
                locators.add(port(locator));
            }
        }
        int listens = port(validator.path("listening_address").asText());
        return new Members(new UdpNode(listens, idleMillis, own), locators, file.resolveSibling(MEMBERS));
    }

    private static int port(String address) {
        return Integer.parseInt(address.replaceAll(".*/udp/([0-9]+)/.*", "$1"));
    }

    private void run() {
        while (true) {
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                tellMembers(members.udp().heard(silentMillis).keySet());
                adjust(udp.heard(silentMillis));
            } catch (NodeApiException e) {
                known.clear(); // the node is not up yet, or ends
                up = new TreeSet<>();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void tellMembers(Set<String> heard) throws IOException {
        members.locators().stream()
                .filter(locator -> heard.stream().noneMatch(name -> name.endsWith(":" + locator)))
                .forEach(locator -> members.udp().dial(locator));
        Path draft = members.file().resolveSibling(MEMBERS + ".draft");
        Files.writeString(draft, String.join("\n", heard));
        Files.move(draft, members.file(), StandardCopyOption.ATOMIC_MOVE);
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
