package org.junitnomos.devnode.da;

import org.apiguardian.api.API;

/** Reaches the rest of a node and its peers. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface DaPort {
    /** {@return the name of this node} */
    String self();

    /**
     * Tells whether a message to a node has a way to go, as far as this node knows.
     *
     * @param node name of the node
     * @param now current time, nanoseconds
     */
    boolean reaches(String node, long now);

    /**
     * Sends a message, also to this node itself.
     *
     * @param node name of the receiver
     * @param now current time, nanoseconds
     */
    void send(String node, DaMessage message, long now);

    /**
     * Does something later.
     *
     * @param due when, nanoseconds
     * @param action what to do
     */
    void at(long due, Runnable action);

    /** Writes a line to the log. */
    void info(String text);

    /**
     * Counts a message that no right node sends.
     *
     * @param node its sender
     * @param problem what is wrong with it
     */
    void badMessage(String node, String problem);
}
