package org.junitnomos.deploy.control;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.DeploymentException;

/**
 * Cuts the network over which nodes talk with each other, as far as a backend has one that it can cut; clients reach
 * the nodes all the same. Each method does nothing unless the backend says otherwise.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface PeerNetwork {
    /** The network of a backend that cuts nothing in it. */
    PeerNetwork UNTOUCHED = new PeerNetwork() {};

    /**
     * Takes a node off the network, running or not. Called after its links were cut, so that nothing passes even where
     * the nodes would ignore that.
     *
     * @param node name of the node
     * @throws DeploymentException if that cannot be done
     */
    default void detach(String node) {}

    /**
     * Puts a node back on the network, running or not, at the address it had. Called before its links are healed.
     *
     * @param node name of the node
     * @throws DeploymentException if that cannot be done
     */
    default void attach(String node) {}

    /**
     * Cuts single connections, under links that the nodes cut, and lets all others be. Called after links were cut with
     * all that are, and before some are healed with those that stay; with none at the end. Blocks until it shows.
     *
     * @param cut for each node with cut links, in order, the other ends of them; as seen from both ends
     * @param awake clients of the nodes that answer, by name
     * @return what was observed of it, for people; empty if there is nothing to tell
     * @throws DeploymentException if what was cut cannot be let go
     */
    default Optional<String> separate(Map<String, Set<String>> cut, Map<String, NodeClient> awake)
            throws InterruptedException {
        return Optional.empty();
    }
}
