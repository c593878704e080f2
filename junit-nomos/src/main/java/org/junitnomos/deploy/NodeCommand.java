package org.junitnomos.deploy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * Says what to run as a node: command line, environment and configuration, and how its ports become known.
 *
 * <p>One command serves nodes as processes, in containers and in pods. In the last two, all paths are those inside, the
 * ports are always told ({@link NodeSetup#ports}), and the node listens on all addresses of its machine at them.
 *
 * <p>A node that can bind port 0 should publish its ports afterwards ({@link #findPorts}): no other program can take
 * them in between. For a node that must be told its ports, the backend leases them ({@link #leasesPorts}). One instance
 * serves several deployments; implementations are thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeCommand {
    /**
     * Names what kind of node this is for the first line of every journal, for example {@code "dev node (simulated,
     * rules 2025-12)"}.
     */
    String systemUnderTest();

    /**
     * Names the program of one node with its version, where nodes of one cluster may run different ones.
     *
     * @param node the node
     * @return by default {@link #systemUnderTest()}
     */
    default String program(NodeSpec node) {
        return systemUnderTest();
    }

    /**
     * Says what the nodes can do at their testing port; starting, stopping, killing and pausing is the backend's own.
     *
     * @return for dev nodes faults of links and clocks, and membership; none for nodes without a testing port
     */
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /**
     * Says why the nodes do not have a capability.
     *
     * @param capability one that is not among {@link #capabilities}
     * @return the reason, without a full stop; empty if there is none but that they do not have it
     */
    default Optional<String> whyNot(Capability capability) {
        return Optional.empty();
    }

    /**
     * Checks whether the command can run on this machine.
     *
     * @return that nothing is missing, or what is and how to get it
     */
    default Requirement requirement() {
        return Requirement.met();
    }

    /**
     * Checks whether the nodes of a topology can run on this machine.
     *
     * @param topology the cluster
     * @return that nothing is missing, or what is and how to get it
     */
    default Requirement requirement(TopologySpec topology) {
        return requirement();
    }

    /**
     * Says what of a topology the nodes cannot do; the plan is refused for it before anything starts.
     *
     * @param topology the cluster
     * @return one text each: what it is, what was expected, and what to do; none if nothing is in the way
     */
    default List<String> objections(TopologySpec topology) {
        return List.of();
    }

    /**
     * Says whether nodes must be told their ports: the backend leases three for each and passes them in
     * {@link NodeSetup#ports}.
     *
     * @return false if nodes choose ports by themselves and {@link #findPorts} finds them
     */
    default boolean leasesPorts() {
        return false;
    }

    /**
     * Prepares what all nodes share; called before the first node of each deployment. Blocks.
     *
     * @throws IOException if it cannot be prepared
     * @throws InterruptedException if interrupted
     */
    default void prepare() throws IOException, InterruptedException {}

    /**
     * Says how to start a node; called before each start, also when it is started again.
     *
     * @param setup the node
     * @return its command line, environment and configuration
     * @throws IOException if something it needs cannot be written
     */
    NodeLaunch launch(NodeSetup setup) throws IOException;

    /**
     * Looks for the ports on which a running node listens; asked again and again until they are found. Must not block.
     *
     * @param setup the node
     * @param pid id of its process; 0 if it is no process of this machine
     * @return its ports; empty while they are not known yet
     * @throws IOException if what it published cannot be read
     */
    default Optional<NodePorts> findPorts(NodeSetup setup, long pid) throws IOException {
        return Optional.ofNullable(setup.ports().get(setup.node().name()));
    }

    /**
     * Tells a running node where its peers are; called once all ports are known, and when a peer comes back on another
     * port. Does nothing where the configuration says it all.
     *
     * @param node client of the node
     * @param addresses by name of the peer, {@code host:port}
     */
    default void introduce(NodeClient node, Map<String, String> addresses) {}

    /**
     * Says whether the log of a running node is to be read for {@link #trouble}, for nodes whose parts die while the
     * process lives on. Backends {@code process}, {@code container} and {@code kubernetes} read it.
     */
    default boolean readsLog() {
        return false;
    }

    /**
     * Looks for trouble in a line of the log of a running node; called for each line, in order. Must not block.
     *
     * @param line the line, without colors
     * @return what died, in one line without a full stop; empty if the line tells of no trouble
     */
    default Optional<String> trouble(String line) {
        return Optional.empty();
    }

    /**
     * Puts an exit code into words.
     *
     * @param exitCode as the process returned it
     * @return what it means, without an article; empty if nothing special
     */
    default String meaning(int exitCode) {
        return "";
    }
}
