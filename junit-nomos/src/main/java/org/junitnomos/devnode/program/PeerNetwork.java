package org.junitnomos.devnode.program;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.mantle.HeaderId;

/** Connect the node with its peers: one connection in each direction. */
final class PeerNetwork {
    private final Map<String, PeerSender> senders = new LinkedHashMap<>();
    private final PeerListener listener;
    private final ProgramLog log;

    PeerNetwork(ProgramConfig config, HeaderId network, ProgramLog log) throws IOException {
        this.log = log;
        String name = config.node().name();
        for (String peer : config.node().peers()) {
            senders.put(
                    peer, new PeerSender(network, name, peer, config.addresses().get(peer), log));
        }
        this.listener = new PeerListener(
                new PeerCodec.Greeting(network, name),
                new LinkedHashSet<>(config.node().peers()),
                config.listen().host(),
                config.listen().peer(),
                log);
    }

    int port() {
        return listener.port();
    }

    PeerListener listener() {
        return listener;
    }

    Map<String, PeerSender> senders() {
        return senders;
    }

    @Nullable
    PeerSender find(String peer) {
        return senders.get(peer);
    }

    void start(PeerListener.Receiver receiver) {
        listener.start(receiver);
        senders.values().forEach(PeerSender::start);
    }

    void send(String peer, PeerMessage message) {
        PeerSender sender = senders.get(peer);
        if (sender == null) {
            return;
        }
        try {
            sender.send(PeerCodec.encode(message));
        } catch (IllegalArgumentException tooLarge) {
            log.error("Cannot send a " + message.getClass().getSimpleName() + " to " + peer + ": "
                    + tooLarge.getMessage());
        }
    }

    void stop() throws IOException {
        senders.values().forEach(PeerSender::stop);
        listener.stop();
    }
}
