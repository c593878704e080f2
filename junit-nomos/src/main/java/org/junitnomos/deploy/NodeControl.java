package org.junitnomos.deploy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.topology.LinkSpec;

/**
 * Control nodes and links of a running cluster.
 *
 * <p>Every method blocks until what it asked for was observed, and returns that observation. All of them throw
 * {@link IllegalArgumentException} for an unknown node, {@link UnsupportedOperationException} naming backend and
 * capability where the backend cannot do it, {@link DeploymentException} if the effect was not observed in time, and
 * {@link InterruptedException} if interrupted. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeControl {
    /**
     * Stop a node; it keeps its store.
     *
     * @param node name of the node
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof stop(String node) throws InterruptedException;

    /**
     * Start a stopped node with the store it had.
     *
     * @param node name of the node
     * @return what was observed; its API answers
     * @throws InterruptedException if interrupted while waiting
     */
    Proof start(String node) throws InterruptedException;

    /**
     * Stop and start a node.
     *
     * @param node name of the node
     * @return what was observed; its API answers again
     * @throws InterruptedException if interrupted while waiting
     */
    Proof restart(String node) throws InterruptedException;

    /**
     * Cut every link between nodes of different groups; links within a group stay.
     *
     * @param groups at least two disjoint groups of node names; nodes in no group form one more
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof partition(List<? extends Collection<String>> groups) throws InterruptedException;

    /**
     * Cut every link of one node.
     *
     * @param node name of the node
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof isolate(String node) throws InterruptedException;

    /**
     * Restore every link that was cut or changed, and every clock.
     *
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof heal() throws InterruptedException;

    /**
     * Set the quality of the link between two nodes, both ways.
     *
     * @param a name of one node
     * @param b name of the other
     * @param link its new quality
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof link(String a, String b, LinkSpec link) throws InterruptedException;

    /**
     * Set the clock of a node apart from the others.
     *
     * @param node name of the node
     * @param ahead how far it runs ahead; negative: behind
     * @return what was observed
     * @throws InterruptedException if interrupted while waiting
     */
    Proof skewClock(String node, Duration ahead) throws InterruptedException;

    /**
     * Say what was observed after an action.
     *
     * @param targets nodes it was about
     * @param observed what was seen, one line
     */
    record Proof(List<String> targets, String observed) {
        public Proof {
            targets = List.copyOf(targets);
        }
    }
}
