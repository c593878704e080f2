package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows the links to the direct peers and sends over those that are up. */
final class LinkQualities {
    static final long HELLO_NANOS = 8_000_000_000L;

    private final Map<String, Link> byPeer = new LinkedHashMap<>();
    private final DevNodeConfig config;
    private final Outbox outbox;
    private final Timers timers;

    LinkQualities(DevNodeConfig config, Outbox outbox, Timers timers) {
        this.config = config;
        this.outbox = outbox;
        this.timers = timers;
        config.peers().forEach(this::add);
    }

    /** Begins a link to a peer that is not known. */
    Link add(String peer) {
        Link link = new Link(peer, config.link(), config.seed() ^ hash(config.name() + ">" + peer), outbox, timers);
        byPeer.put(peer, link);
        return link;
    }

    /** Ends the link to a peer for good. */
    void remove(Link link) {
        link.setUp(false);
        byPeer.remove(link.peer());
    }

    boolean isOwnName(String peer) {
        return config.name().equals(peer);
    }

    /** FNV-1a, the same on every JDK. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 255)) * 0x100000001b3L;
        }
        return hash;
    }

    Collection<Link> all() {
        return Collections.unmodifiableCollection(byPeer.values());
    }

    @Nullable
    Link find(String peer) {
        return byPeer.get(peer);
    }

    void send(Link link, PeerMessage message, long now) {
        link.send(message, now);
    }

    void sendToAllBut(@Nullable String excluded, PeerMessage message, long now) {
        for (Link link : byPeer.values()) {
            if (!link.peer().equals(excluded)) {
                send(link, message, now);
            }
        }
    }

    int countConnected(long now) {
        int connected = 0;
        for (Link link : byPeer.values()) {
            if (link.isConnected(now)) {
                connected++;
            }
        }
        return connected;
    }
}
