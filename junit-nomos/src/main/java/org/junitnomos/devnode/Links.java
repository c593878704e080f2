package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Know the links to the direct peers and send over those that are up. */
final class Links {
    static final long HELLO_NANOS = 8_000_000_000L;

    private final Map<String, Link> byPeer = new LinkedHashMap<>();
    private final Outbox outbox;

    Links(DevNodeConfig config, Outbox outbox) {
        this.outbox = outbox;
        for (String peer : config.peers()) {
            byPeer.put(peer, new Link(peer, config.link(), config.seed() ^ hash(config.name() + ">" + peer)));
        }
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
        if (link.isUp()) {
            outbox.send(link.peer(), message, link.drawDelay(now));
        }
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
