package org.junitnomos.devnode;

import java.util.Random;
import org.junitnomos.devnode.DevNodeConfig.LinkQuality;

/** One end of a link to a peer. Messages keep their order; loss makes them late, as a stream retransmits. */
final class Link {
    /** Three hellos are missing. */
    private static final long SILENCE_NANOS = 3 * LinkQualities.HELLO_NANOS + 1_000_000_000L;

    /** Retransmissions back off no further than this. */
    private static final int MAX_ROUNDS = 12;

    /** How long a peer on another chain is not asked again because of its hellos. */
    private static final long DISTRUST_NANOS = 60_000_000_000L;

    /** For how long a peer has to say in its hellos that it hears nothing. */
    private static final long DEAF_NANOS = LinkQualities.HELLO_NANOS / 2;

    private static final long MIN_ROUND_NANOS = 20_000_000L;

    private final String peer;
    private final Random chance;
    private final Outbox outbox;
    private final Uplink uplink;
    private LinkQuality quality;
    private boolean up = true;
    private long heardAt = Long.MIN_VALUE;
    private long deafSince = Long.MIN_VALUE;
    private long lastArrival = Long.MIN_VALUE;
    private long distrustedUntil = Long.MIN_VALUE;

    Link(String peer, LinkQuality quality, long seed, Outbox outbox, Timers timers) {
        this.peer = peer;
        this.quality = quality;
        this.chance = new Random(seed);
        this.outbox = outbox;
        this.uplink = new Uplink(timers, this::release);
        uplink.setBandwidth(quality.bandwidth(), 0);
    }

    String peer() {
        return peer;
    }

    LinkQuality quality() {
        return quality;
    }

    boolean isUp() {
        return up;
    }

    void setQuality(LinkQuality newQuality, long now) {
        quality = newQuality;
        uplink.setBandwidth(newQuality.bandwidth(), now);
    }

    /** Cuts the link or brings it back; either way the peer has to be heard again. */
    void setUp(boolean newUp) {
        up = newUp;
        heardAt = Long.MIN_VALUE;
        deafSince = Long.MIN_VALUE;
        lastArrival = Long.MIN_VALUE;
        distrustedUntil = Long.MIN_VALUE;
        uplink.clear();
    }

    /** Sends a message, when those before it are through; it is lost if the link is cut before. */
    void send(PeerMessage message, long now) {
        if (up) {
            uplink.send(message, now);
        }
    }

    private void release(PeerMessage message, long now) {
        outbox.send(peer, message, drawDelay(now));
    }

    /** Notes that the peer sent blocks that do not fit. */
    void distrust(long now) {
        distrustedUntil = now + DISTRUST_NANOS;
    }

    boolean isDistrusted(long now) {
        return now < distrustedUntil;
    }

    void heard(long now) {
        heardAt = now;
    }

    /**
     * Notes whether the peer hears this node, as it says in a hello. If it does not, although it was answered before,
     * what carries messages to it begins anew: the connection may be dead without anybody having said so.
     */
    void peerHears(boolean hears, long now) {
        if (hears) {
            deafSince = Long.MIN_VALUE;
        } else if (deafSince == Long.MIN_VALUE) {
            deafSince = now;
        } else if (now - deafSince >= DEAF_NANOS) {
            deafSince = Long.MIN_VALUE;
            outbox.renew(peer);
        }
    }

    boolean isConnected(long now) {
        return up && heardAt != Long.MIN_VALUE && now - heardAt <= SILENCE_NANOS;
    }

    /** Draws how long a message sent now is on the way. */
    long drawDelay(long now) {
        long delay = quality.latencyNanos();
        if (quality.jitterNanos() > 0) {
            delay += (long) (chance.nextDouble() * quality.jitterNanos());
        }
        if (quality.lossPerMille() > 0) {
            long round = Math.max(MIN_ROUND_NANOS, 3 * quality.latencyNanos());
            for (int i = 0; i < MAX_ROUNDS && chance.nextInt(1000) < quality.lossPerMille(); i++) {
                delay += round;
                round = Math.min(2 * round, 1_000_000_000L);
            }
        }
        lastArrival = Math.max(lastArrival, now + delay);
        return lastArrival - now;
    }
}
