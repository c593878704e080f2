package org.junitnomos.deploy.embedded;

import org.apiguardian.api.API;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;

/** Create the core of a node each time it is started; tests put cores with planted bugs here. */
@API(status = API.Status.INTERNAL, since = "0.1")
@FunctionalInterface
public interface NodeCoreFactory {
    /**
     * Create a core; it is started by the caller.
     *
     * @param config what the node is
     * @param store what it kept from its last life
     * @param outbox takes what it sends; to be used only while the core is being called
     * @return a new core
     */
    NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox);
}
