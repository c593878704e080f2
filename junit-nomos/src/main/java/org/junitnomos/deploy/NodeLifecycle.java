package org.junitnomos.deploy;

import java.util.List;
import org.apiguardian.api.API;

/** Stop and start nodes the way a backend does; what {@link DevNodeControl} needs of it. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeLifecycle {
    /**
     * List the nodes in the order of their indexes.
     *
     * @return one candidate a node, whose {@code peers} is the number of its peers in the layout
     */
    List<? extends Readiness.Candidate> candidates();

    /**
     * Stop a running node and tell the listener; its store stays. Blocks until it has ended.
     *
     * @param node name of the node
     * @throws DeploymentException if it does not end
     * @throws InterruptedException if interrupted while waiting
     */
    void stop(String node) throws InterruptedException;

    /**
     * Start a node that is not running, with the store it had, and tell the listener. Need not wait for its API.
     *
     * @param node name of the node
     * @throws DeploymentException if it cannot be started
     * @throws InterruptedException if interrupted while waiting
     */
    void start(String node) throws InterruptedException;
}
