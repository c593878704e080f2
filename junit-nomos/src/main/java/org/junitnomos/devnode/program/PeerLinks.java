package org.junitnomos.devnode.program;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.mantle.HeaderId;

/** Connects the node with its peers: one connection in each direction. */
final class PeerLinks {
    private final Map<String, PeerSender> senders = new LinkedHashMap<>();
    private final Set<String> names = new CopyOnWriteArraySet<>();
    private final PeerListener listener;
    private final HeaderId network;
    private final String self;
    private final ProgramLog log;

    PeerLinks(ProgramConfig config, HeaderId network, ProgramLog log) throws IOException {
        this.log = log;
        this.network = network;
        this.self = config.node().name();
        for (String peer : config.node().peers()) {
            create(peer, config.addresses().get(peer));
        }
        this.listener = new PeerListener(
                new PeerCodec.Greeting(network, self),
                names,
                config.listen().host(),
                config.listen().peer(),
                log);
    }

    private PeerSender create(String peer, @Nullable PeerAddress address) {
        PeerSender sender = new PeerSender(network, self, peer, address, log);
        senders.put(peer, sender);
        names.add(peer);
        return sender;
    }

    /** Begins to talk with a peer that is not known. */
    void add(String peer, @Nullable PeerAddress address) {
        create(peer, address).start();
    }

    /** Reaches a peer at another address from now on. */
    void move(String peer, @Nullable PeerAddress address) {
        PeerSender sender = senders.get(peer);
        if (sender != null && address != null) {
            sender.moveTo(address);
        }
    }

    /** Opens a new connection to a peer; does nothing if it is not known. */
    void reconnect(String peer) {
        PeerSender sender = senders.get(peer);
        if (sender != null) {
            sender.reconnect();
        }
    }

    /** Stops talking with a peer; does nothing if it is not known. */
    void remove(String peer) {
        PeerSender sender = senders.remove(peer);
        if (sender != null) {
            names.remove(peer);
            sender.stop();
            listener.disconnect(peer);
        }
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
