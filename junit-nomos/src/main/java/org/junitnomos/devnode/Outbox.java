package org.junitnomos.devnode;

import org.apiguardian.api.API;

/** Takes what a node core sends. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Outbox {
    /**
     * Sends a message; the core has already decided by its link table that it goes out and how long it takes.
     *
     * @param peer name of the receiver
     * @param message the message
     * @param delayNanos how long it is on the way; 0 or more
     */
    void send(String peer, PeerMessage message, long delayNanos);

    /**
     * Begins anew whatever carries messages to a peer, which says again and again that it hears nothing. Does nothing
     * where messages cannot get stuck.
     *
     * @param peer name of the peer
     */
    default void renew(String peer) {}

    /**
     * Writes a line to the node's log.
     *
     * @param level {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}
     * @param text the line
     */
    void log(String level, String text);
}
