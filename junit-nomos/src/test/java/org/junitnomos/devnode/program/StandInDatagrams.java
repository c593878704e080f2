package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.TestingClient;
import org.junitnomos.client.TestingClient.Peer;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;

/**
 * Lets a dev node on a machine of its own have the peers that it hears of over UDP. As real nodes do, it dials its
 * initial peers and the locators of the genesis from the ports on which it listens, until somebody answers there, and
 * tells the others where it really is.
 *
 * <p>Datagrams are words: {@code dial} or {@code hello}, the name of the sender, and its own address.
 */
final class StandInDatagrams {
    private static final int PERIOD_MILLIS = 100;
    private static final Pattern ADDRESS = Pattern.compile("/ip4/([^/]*)/udp/([0-9]+)/.*");

    private final String name;
    private final String own = InetAddress.getLocalHost().getHostAddress();
    private final int peerPort;
    private final TestingClient control;
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private Map<String, String> told = new LinkedHashMap<>();

    private StandInDatagrams(ProgramConfig setup) throws IOException {
        var listen = setup.listen();
        this.name = setup.node().name();
        this.peerPort = listen.peer();
        this.control = NodeClients.overHttp()
                .client(new NodeEndpoint(
                        "myself",
                        URI.create("http://127.0.0.1:" + listen.api()),
                        URI.create("http://127.0.0.1:" + listen.testing())))
                .devControl();
    }

    static void start(JsonNode config, ProgramConfig setup) throws IOException {
        var node = new StandInDatagrams(setup);
        var gossip = node.new Socket("gossip", node.peerPort, node.found::put);
        config.at("/network/backend/initial_peers").forEach(peer -> gossip.dial(peer.asText()));
        JsonNode backend = config.at("/da_network/backend");
        JsonNode validator = backend.has("validator_settings") ? backend.path("validator_settings") : backend;
        var availability = node
        .new Socket("availability", port(validator.path("listening_address").asText()), (peer, address) -> {});
        var blend = node
        .new Socket(
                "blend", port(config.at("/blend/core/backend/listening_address").asText()), (peer, address) -> {});
        for (SdpDeclare declare : setup.genesis().declarations()) {
            String locator = declare.locators().get(0).toString();
            if (!host(locator)
                    .equals(host(config.at("/network/backend/swarm/nat_config/external_address")
                            .asText()))) {
                (declare.serviceType() == ServiceType.DATA_AVAILABILITY ? availability : blend).dial(locator);
            }
        }
        List.of(gossip, availability, blend).forEach(Thread::start);
    }

    private static String host(String address) {
        return matched(address).group(1);
    }

    private static int port(String address) {
        return Integer.parseInt(matched(address).group(2));
    }

    private static Matcher matched(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(address);
        }
        return matcher;
    }

    /** Tells the dev node who was found, and where; called by one thread. */
    private void tell() {
        Map<String, String> now = Map.copyOf(found);
        if (!now.equals(told)) {
            try {
                control.addPeers(now.entrySet().stream()
                        .map(peer -> new Peer(peer.getKey(), peer.getValue() + ":" + peerPort))
                        .toList());
                told = now;
            } catch (NodeApiException e) {
                // the node is not up yet, or ends: told the next time
            }
        }
    }

    /** One port on which it listens, and from which it dials. */
    private final class Socket extends Thread {
        private final String service;
        private final DatagramSocket socket;
        private final BiConsumer<String, String> heard;
        private final Set<InetSocketAddress> dialing = ConcurrentHashMap.newKeySet();

        Socket(String service, int port, BiConsumer<String, String> heard) throws IOException {
            super("datagrams-" + service);
            setDaemon(true);
            this.service = service;
            this.heard = heard;
            this.socket = new DatagramSocket(port);
            socket.setSoTimeout(PERIOD_MILLIS);
        }

        void dial(String address) {
            dialing.add(new InetSocketAddress(host(address), port(address)));
        }

        @Override
        public void run() {
            var packet = new DatagramPacket(new byte[1_000], 1_000);
            long dialed = System.nanoTime() - PERIOD_MILLIS * 1_000_000L;
            while (!socket.isClosed()) {
                if (System.nanoTime() - dialed >= PERIOD_MILLIS * 1_000_000L) {
                    dialed = System.nanoTime();
                    dialing.forEach(address -> send("dial", address));
                    tell();
                }
                try {
                    socket.receive(packet);
                    var from = (InetSocketAddress) packet.getSocketAddress();
                    take(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8).split(" "), from);
                } catch (SocketTimeoutException e) {
                    continue;
                } catch (IOException e) {
                    continue; // nobody listens there yet
                }
            }
        }

        private void take(String[] words, InetSocketAddress from) {
            heard.accept(words[1], words[2]);
            if (words[0].equals("dial")) {
                send("hello", from);
            } else if (dialing.remove(from)) {
                System.out.println(service + ": " + words[1] + " answers at " + from.getHostString() + ":"
                        + from.getPort() + ", and is at " + words[2]);
            }
        }

        private void send(String verb, InetSocketAddress to) {
            byte[] bytes = (verb + " " + name + " " + own).getBytes(StandardCharsets.UTF_8);
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, to));
            } catch (IOException e) {
                // refused for now, as a node meets it
            }
        }
    }
}
