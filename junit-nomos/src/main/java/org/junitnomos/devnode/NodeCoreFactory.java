package org.junitnomos.devnode;

import org.apiguardian.api.API;

/** Creates node cores; a test may pass another one to run nodes with a planted defect. */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface NodeCoreFactory {
    /**
     * Creates a node that is not started.
     *
     * @param config its configuration
     * @param store its blocks; one that another node used before makes this node its successor
     * @param outbox takes what it sends
     * @return the node
     */
    NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox);
}
