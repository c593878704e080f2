package org.junitnomos.devnode;

import org.apiguardian.api.API;

/**
 * A node without input, output, threads or clock: what happens is called in, what it does goes to the
 * {@link Outbox}. Not thread-safe; calls are serialized by the driver.
 *
 * <p>All times are nanoseconds of true time since the chain started; the core adds its own clock skew.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeCore {
    /**
     * Starts: loads the store, and tells the peers where the chain stands.
     *
     * @param now current time
     */
    void start(long now);

    /**
     * Returns when {@link #tick} is to be called next: the next slot of the node's own clock or an earlier timer. Any
     * other call may change it, so a driver asks again after each.
     *
     * @param now current time
     * @return a time after {@code now}
     */
    long nextTick(long now);

    /**
     * Does what is due: plays the lottery of a slot that began, runs timers out.
     *
     * @param now current time
     */
    void tick(long now);

    /**
     * Takes a message from a peer.
     *
     * @param peer name of the sender
     * @param message the message
     * @param now current time
     */
    void receive(String peer, PeerMessage message, long now);

    /**
     * Answers a request on the main port.
     *
     * @param request the request
     * @param now current time
     * @return the response
     */
    ApiResponse handle(ApiRequest request, long now);

    /**
     * Answers a request on the testing port.
     *
     * @param request the request
     * @param now current time
     * @return the response
     */
    ApiResponse handleTesting(ApiRequest request, long now);

    /** Ends open streams; the store stays as it is. */
    void stop();
}
