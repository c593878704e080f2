package org.junitnomos.deploy.external;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.control.LinkRelay;
import org.junitnomos.deploy.control.PeerNetwork;
import org.junitnomos.deploy.control.ProgramChange;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * Runs the nodes of one deployment: what a backend adds to {@link ExternalDeployment}. Thread-safe.
 *
 * <p>Whatever it creates outside of the test JVM is registered in the session before it exists.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeHost {
    /** Names the backend as in {@code nomos.backend}. */
    String backend();

    /** Names what runs, for example {@code "dev node (simulated, rules 2025-12)"}. */
    String systemUnderTest();

    /** Says what can be done with the nodes, as found out here and now, not as hoped for. */
    Set<Capability> capabilities();

    /** {@return how long a node may take to end by itself; positive} */
    Duration patience();

    /**
     * Makes ready what all nodes share. Called once, before everything else; blocks.
     *
     * @throws org.junitnomos.deploy.DeploymentException if it cannot be made
     */
    default void open() throws InterruptedException {}

    /**
     * Makes room for a node: its place in {@link #ports} and whatever outlives its single lives. Called once before its
     * first start, one node at a time.
     *
     * @throws org.junitnomos.deploy.DeploymentException if there is no room
     */
    default void admit(NodeSpec node) throws InterruptedException {}

    /**
     * Tells where nodes will listen, as far as that is known before they start.
     *
     * @return by name, hosts as other nodes reach them; without nodes that choose their ports by themselves
     */
    default Map<String, NodePorts> ports() {
        return Map.of();
    }

    /**
     * Makes the genesis of the cluster; called once, after all its nodes were admitted. Blocks while it is proven.
     *
     * @param topology the cluster
     * @param seed seed of the run
     * @return by default that of dev nodes
     * @throws IOException if it cannot be proven; says why
     */
    default Genesis genesis(TopologySpec topology, long seed) throws IOException, InterruptedException {
        return Genesis.derive(topology, seed);
    }

    /**
     * Starts a node; need not wait for anything it does. Several may be started at the same time.
     *
     * @param setup what it is; its directory exists
     * @param first false if it had a life before, whose store it goes on with
     * @return the life that began; its output goes to the end of the log from the first byte on
     * @throws org.junitnomos.deploy.DeploymentException if it cannot be started, with a cause for people
     * @throws IOException if it cannot be started
     * @throws InterruptedException if interrupted; then it was not started, or is in the session
     */
    NodeLife start(NodeSetup setup, boolean first) throws IOException, InterruptedException;

    /**
     * Lets a node run another program from its next start on, once that was checked.
     *
     * @param setup what it is; its directory exists
     * @param program as users write it
     * @return what it ran, and what it will run
     * @throws IllegalArgumentException if that program is refused; nothing has changed
     */
    default ProgramChange upgrade(NodeSetup setup, String program) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("These nodes cannot be upgraded.");
    }

    /**
     * Says where a host is reached that stands in the address of a node.
     *
     * @param host as in {@link NodeLife#address}
     * @return a name that leads there, or an address; the host itself unless its name leads nowhere
     */
    default String placeOf(String host) {
        return host;
    }

    /**
     * Tells a running node where its peers are; called when the address of a peer became known or changed. Does nothing
     * where {@link #ports} says it all.
     *
     * @param addresses by name of the peer, {@code host:port}
     */
    default void introduce(NodeClient node, Map<String, String> addresses) {}

    /** Says whether its nodes tell no metrics when they are asked, but push them. */
    default boolean pushesMetrics() {
        return false;
    }

    /** {@return the address of this machine at which nodes reach it; empty if they cannot} */
    default Optional<String> testHost() {
        return Optional.empty();
    }

    /** {@return the network over which the nodes talk with each other, the same at every call} */
    default PeerNetwork network() {
        return PeerNetwork.UNTOUCHED;
    }

    /** {@return the id of a network that containers of others can join; empty if there is none} */
    default Optional<String> networkId() {
        return Optional.empty();
    }

    /** {@return where containers on that network reach a node; empty if there is none} */
    default Optional<URI> innerUrl(String node) {
        return Optional.empty();
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
     * Says why a capability is missing.
     *
     * @return the reason, and how to get it, without a full stop; empty if there is none but that it is not there
     */
    default Optional<String> whyNot(Capability capability) {
        return Optional.empty();
    }

    /**
     * Removes what is left of a node that ended for good.
     *
     * @param node name of the node
     * @throws IOException if something is left; says what
     */
    default void release(String node) throws IOException, InterruptedException {}

    /** Says whether {@link #close} ends and removes nothing, because somebody wants to look at the nodes. */
    default boolean keepsNodes() {
        return false;
    }

    /**
     * Says that what the nodes run on can no longer be reached; the host tells all lives of their end then.
     *
     * @return what cannot be reached and why, one line; empty while it can
     */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /**
     * Removes everything of the deployment; all nodes have ended, or could not be ended. Blocks. Returns what is left
     * behind, for people; empty if nothing is.
     */
    List<String> close();
}
