package org.junitnomos.deploy.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.topology.NodeRole;

/**
 * Stops and starts nodes the way a backend does; what {@link ClusterControl} needs of it.
 *
 * <p>Calls come one at a time. A backend that cannot do one of them throws {@link Capability#missing}.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeLifecycle {
    /**
     * Lists the nodes in the order of their indexes, with those added and without those removed; {@code peers} of each
     * is the number of its peers in the layout.
     */
    List<? extends Readiness.Candidate> candidates();

    /**
     * Stops a running node and tells the listener; its store stays. Blocks until it has ended.
     *
     * @param node name of the node
     * @throws DeploymentException if it does not end
     */
    void stop(String node) throws InterruptedException;

    /**
     * Starts a node that is not running, with the store it had, and tells the listener. Need not wait for its API.
     *
     * @param node name of the node
     * @throws DeploymentException if it cannot be started
     */
    void start(String node) throws InterruptedException;

    /**
     * Ends a running node at once, paused or not, without a chance to do anything more, and tells the listener; what
     * its store holds durable stays. Blocks until it has ended.
     *
     * @param node name of the node
     * @throws DeploymentException if it does not end
     */
    void kill(String node) throws InterruptedException;

    /**
     * Lets a node run another program from its next start on, once that was checked.
     *
     * @param node name of the node, running or not
     * @param program as users write it
     * @return what it ran, and what it will run
     * @throws IllegalArgumentException if that program is refused; nothing has changed
     */
    default ProgramChange upgrade(String node, String program) throws InterruptedException {
        throw new UnsupportedOperationException("These nodes cannot be upgraded.");
    }

    /**
     * Halts a running node as it stands, and tells the listener. Its ports accept connections but nothing answers; what
     * comes in meanwhile waits.
     *
     * @param node name of the node
     */
    void pause(String node) throws InterruptedException;

    /** Lets a paused node go on; the caller tells the listener once it answers. */
    void resume(String node) throws InterruptedException;

    /**
     * Adds a node with the next free name of its role, keys of its own derived from the seed of the cluster, no stake
     * and all other nodes as its peers; starts it, and tells the listener. Need not wait for its API. The other nodes
     * are told of it by the caller, through their testing ports.
     *
     * @param role the part it plays
     * @param named hears its name before it is started
     * @return the node; from now on one of {@link #candidates()}
     * @throws DeploymentException if it cannot be started; nothing of it is left
     */
    NodeHandle add(NodeRole role, Consumer<String> named) throws InterruptedException;

    /**
     * Takes a node out for good: stops it if it is running, paused or not, drops its store, keeps its log, and tells
     * the listener. From now on it is not one of {@link #candidates()}.
     *
     * @param node name of the node
     * @throws DeploymentException if something of it is left
     */
    void remove(String node) throws InterruptedException;

    /**
     * Says where peers reach a node, in words that the testing port of a dev node takes.
     *
     * @param node name of the node
     * @return {@code host:port}; empty if peers find it by its name
     */
    default Optional<String> peerAddress(String node) {
        return Optional.empty();
    }

    /** {@return the network over which the nodes talk with each other, the same at every call} */
    default PeerNetwork network() {
        return PeerNetwork.UNTOUCHED;
    }

    /**
     * Returns what carries what the nodes send each other, for nodes that have no testing port for faults.
     *
     * @return the same at every call; empty for nodes that have one, as dev nodes do
     */
    default Optional<LinkRelay> relay() {
        return Optional.empty();
    }

    /**
     * Says what is missing if the nodes cannot take some fault or change at a testing port.
     *
     * @param capability one of partition, link quality, bandwidth, clock skew and membership
     * @return the exception that tells so; empty if they can
     */
    default Optional<UnsupportedOperationException> missing(Capability capability) {
        return Optional.empty();
    }
}
