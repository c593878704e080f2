package org.junitnomos.devnode.da;

import org.apiguardian.api.API;

/** Reach the rest of a node and its peers. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface DaPort {
    /**
     * Return the name of this node.
     *
     * @return the name
     */
    String self();

    /**
     * Tell whether a message to a node has a way to go, as far as this node knows.
     *
     * @param node name of the node
     * @param now current time, nanoseconds
     * @return whether it has
     */
    boolean reaches(String node, long now);

    /**
     * Send a message, also to this node itself.
     *
     * @param node name of the receiver
     * @param message the message
     * @param now current time, nanoseconds
     */
    void send(String node, DaMessage message, long now);

    /**
     * Do something later.
     *
     * @param due when, nanoseconds
     * @param action what to do
     */
    void at(long due, Runnable action);

    /**
     * Write to the log.
     *
     * @param text a line
     */
    void info(String text);

    /**
     * Count a message that no right node sends.
     *
     * @param node its sender
     * @param problem what is wrong with it
     */
    void badMessage(String node, String problem);
}
