package org.junitnomos.deploy;

import org.apiguardian.api.API;
import org.junitnomos.topology.NodeState;

/**
 * Hears of the states that nodes walk through.
 *
 * <p>Called on the thread on which it happens: in real time on several threads, in virtual time also inside events, so
 * it must be thread-safe and must not block. No lock of the backend is held.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface NodeStateListener {
    /**
     * Hears that a node changed its state.
     *
     * @param node name of the node
     * @param state its new state
     * @param intended whether the harness asked for it
     * @param reason what happened, one line without paths or ports
     */
    void onState(String node, NodeState state, boolean intended, String reason);

    /**
     * Hears that a node will run another program from its next start on.
     *
     * @param node name of the node
     * @param from what it ran, with its version as far as that is known
     * @param to what it will run
     */
    default void onUpgrade(String node, String from, String to) {}
}
