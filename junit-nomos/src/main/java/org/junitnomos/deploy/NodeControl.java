package org.junitnomos.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

/**
 * Controls nodes and links of a running cluster.
 *
 * <p>Every method blocks until what it asked for was observed, and returns that observation. All of them throw
 * {@link IllegalArgumentException} for an unknown node, {@link IllegalStateException} for a node in the wrong state,
 * {@link UnsupportedOperationException} naming backend and capability where the backend cannot do it,
 * {@link DeploymentException} if the effect was not observed in time, and {@link InterruptedException} if interrupted.
 * Thread-safe.
 *
 * <p>Faults of links and clocks overlap, one layer upon the other: a link is cut while any layer cuts it; of qualities
 * of a link and of skews of a clock the latest in force counts. {@link #heal(Proof)} takes away one layer,
 * {@link #heal()} all of them. A fault that could not be observed is taken away before the exception comes.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeControl {
    /**
     * Stops a node; it keeps its store.
     *
     * @param node name of the node
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof stop(String node) throws InterruptedException;

    /**
     * Starts a stopped or killed node with the store it had.
     *
     * @param node name of the node
     * @return what was observed; its API answers
     * @throws InterruptedException if interrupted while waiting
     */
    Proof start(String node) throws InterruptedException;

    /**
     * Stops and starts a node.
     *
     * @param node name of the node
     * @return what was observed; its API answers again
     * @throws InterruptedException if interrupted while waiting
     */
    Proof restart(String node) throws InterruptedException;

    /**
     * Starts a node again with another program, and the store it had. What can be known of the program is checked
     * before the node is stopped; it goes on as it is if the program is refused.
     *
     * @param node name of the node, running or not
     * @param program what it runs from now on: the path of a program where nodes are real ones, the name of a class
     *     that implements {@link NodeCommand} for other nodes on backend {@code process}, and the reference of an image
     *     in containers
     * @return what was observed; names both programs
     * @throws IllegalArgumentException if that program cannot take the place of the node's; says why
     * @throws InterruptedException if interrupted while waiting
     */
    default Proof upgrade(String node, String program) throws InterruptedException {
        throw new UnsupportedOperationException("This control cannot upgrade nodes.");
    }

    /**
     * Ends a node at once, without a chance to clean up, as {@code kill -9} does; it keeps what its store held durable.
     *
     * @param node name of a running node, paused or not
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof kill(String node) throws InterruptedException;

    /**
     * Halts a node as it stands, as {@code SIGSTOP} does: its ports accept connections but nothing answers, and what
     * comes in meanwhile waits.
     *
     * @param node name of a running node
     * @return what was observed; its API is silent
     * @throws InterruptedException if interrupted while waiting
     */
    Proof pause(String node) throws InterruptedException;

    /**
     * Lets a paused node go on; it first deals with what came in meanwhile.
     *
     * @param node name of a paused node
     * @return what was observed; its API answers again
     * @throws InterruptedException if interrupted while waiting
     */
    Proof resume(String node) throws InterruptedException;

    /**
     * Adds a node to the running cluster: with the next free name of its role, keys of its own, no stake, and links to
     * all nodes that are there.
     *
     * @param role the part it plays
     * @return what was observed, with its name as the only target; its API answers, and it is connected with those
     *     nodes that are running and that no fault keeps it from
     * @throws InterruptedException if interrupted while waiting
     */
    Proof add(NodeRole role) throws InterruptedException;

    /**
     * Takes a node out of the cluster for good: its store is dropped, its links are gone. Its name is not used again.
     *
     * @param node name of the node, running or not; not the last one
     * @return what was observed; it refuses connections, and no other node has a link to it
     * @throws InterruptedException if interrupted while waiting
     */
    Proof remove(String node) throws InterruptedException;

    /**
     * Cuts every link between nodes of different groups; links within a group stay.
     *
     * @param groups at least two disjoint groups of node names; nodes in no group form one more
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof partition(List<? extends Collection<String>> groups) throws InterruptedException;

    /**
     * Cuts every link of one node.
     *
     * @param node name of the node
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof isolate(String node) throws InterruptedException;

    /**
     * Cuts the link between two nodes.
     *
     * @param a name of one node
     * @param b name of the other
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof cut(String a, String b) throws InterruptedException;

    /**
     * Restores every link that was cut or changed, and every clock: takes away all layers.
     *
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof heal() throws InterruptedException;

    /**
     * Takes away one fault of links or clocks; others stay in force.
     *
     * @param proof what its method returned; a fault that was healed already is left as it is
     * @return what was observed
     * @throws IllegalArgumentException if that proof is of no such fault
     * @throws InterruptedException if interrupted while waiting
     */
    Proof heal(Proof proof) throws InterruptedException;

    /**
     * Sets the quality of the link between two nodes, both ways.
     *
     * @param a name of one node
     * @param b name of the other
     * @param link its new quality
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof link(String a, String b, LinkSpec link) throws InterruptedException;

    /**
     * Sets the clock of a node apart from the others.
     *
     * @param node name of the node
     * @param ahead how far it runs ahead; negative: behind
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof skewClock(String node, Duration ahead) throws InterruptedException;

    /**
     * Lets every node not give some columns of blobs, neither to clients nor to other nodes; what it holds stays.
     *
     * @param columns numbers of the columns, 0 to 255; at least one
     * @return what was observed; {@link #heal(Proof)} ends it
     * @throws InterruptedException if interrupted while waiting
     */
    default Proof withhold(Collection<Integer> columns) throws InterruptedException {
        throw new UnsupportedOperationException("This control cannot withhold shares.");
    }

    /**
     * Lets every node give wrong bytes of some columns of blobs, to clients and to other nodes; what it holds stays.
     *
     * @param columns numbers of the columns, 0 to 255; at least one
     * @return what was observed; {@link #heal(Proof)} ends it
     * @throws InterruptedException if interrupted while waiting
     */
    default Proof corrupt(Collection<Integer> columns) throws InterruptedException {
        throw new UnsupportedOperationException("This control cannot corrupt shares.");
    }

    /**
     * Lets a node ignore another one in all that is about blobs, through its API (node contract 1.4): it sends it
     * nothing and takes nothing from it. Blocks and transactions still pass.
     *
     * @param node name of the node that ignores
     * @param peer name of the node that is ignored
     * @return what was observed; {@link #heal(Proof)} ends it
     * @throws InterruptedException if interrupted while waiting
     */
    default Proof blockPeer(String node, String peer) throws InterruptedException {
        throw new UnsupportedOperationException("This control cannot block peers.");
    }

    /**
     * Lets a dev node have a defect of the catalogue, beside those that it has; a life that begins later has it, too.
     *
     * @param node name of the node
     * @param defect the defect
     * @return what was observed; {@link #heal(Proof)} takes the defect away
     * @throws InterruptedException if interrupted while waiting
     */
    default Proof giveDefect(String node, NodeDefect defect) throws InterruptedException {
        throw new UnsupportedOperationException("This control cannot give nodes a defect.");
    }

    /**
     * Chooses among the nodes as they are now.
     *
     * @param selector says which
     * @return names of the chosen nodes, in the order of the nodes
     * @throws IllegalArgumentException if the selector names an unknown node
     */
    List<String> select(NodeSelector selector);

    /**
     * Does the same to several nodes, one after the other in their order, for example
     * {@code nodes.each(NodeSelector.role(NodeRole.EXECUTOR), nodes::restart)}. Who is chosen is settled before the
     * first; an exception ends it, and what was done to earlier nodes stays.
     *
     * @param selector says which nodes
     * @param action what is done to each
     * @return what was observed at each; empty if no node was chosen
     * @throws InterruptedException if interrupted while waiting
     */
    default List<Proof> each(NodeSelector selector, Action action) throws InterruptedException {
        var proofs = new ArrayList<Proof>();
        for (var node : select(selector)) {
            proofs.add(action.on(node));
        }
        return List.copyOf(proofs);
    }

    /** Does something to one node. */
    @FunctionalInterface
    interface Action {
        /**
         * Does it.
         *
         * @param node name of the node
         * @return what was observed
         * @throws InterruptedException if interrupted while waiting
         */
        Proof on(String node) throws InterruptedException;
    }

    /**
     * What was observed after an action.
     *
     * @param fault number of the fault of links or clocks that it put in force, for {@link #heal(Proof)}; 0 if it left
     *     none
     * @param targets nodes it was about
     * @param observed what was seen, one line
     */
    record Proof(int fault, List<String> targets, String observed) {
        public Proof {
            targets = List.copyOf(targets);
        }

        /**
         * Says what was observed after an action that left no fault to heal.
         *
         * @param targets nodes it was about
         * @param observed what was seen, one line
         */
        public Proof(List<String> targets, String observed) {
            this(0, targets, observed);
        }
    }
}
