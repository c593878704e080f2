package org.junitnomos.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.topology.NodeSpec;

/** Gives access to one node of a cluster. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NodeHandle {
    /** {@return name, role and index, as the node was deployed} */
    NodeSpec spec();

    /** {@return the name, for example {@code "validator-0"}} */
    default String name() {
        return spec().name();
    }

    /** {@return the client of the node's HTTP API; stays valid across restarts} */
    NodeClient client();

    /**
     * Returns where any HTTP client reaches the node's API, an application under test for example; none of what such a
     * client does is on the record of the run. Nodes of backend {@code embedded} have a URL only where the plan asks
     * for it ({@code @Topology(urls = true)}) and in real time; it stays the same over restarts there.
     *
     * @return the base of the addresses, without a slash at its end, for example {@code http://127.0.0.1:20123}; as
     *     it is now, as other backends may change it when a node restarts
     * @throws IllegalStateException if the node has none; says how to ask for it
     */
    default URI url() {
        return client().endpoint().api();
    }

    /**
     * Returns where containers on the {@linkplain Cluster#networkId() network of the cluster} reach the node's API: by
     * its name, over all its lives.
     *
     * @return the base of the addresses, without a slash at its end, for example {@code http://validator-0:8080}
     * @throws IllegalStateException if the node is no container
     */
    default URI innerUrl() {
        throw new IllegalStateException("Node '" + name() + "' is on no network that containers can join. Run it on"
                + " backend 'container', or use NodeHandle.url().");
    }

    /**
     * Says whether the node is running as far as the backend knows; false once stopped or ended, true while it is
     * paused.
     */
    boolean isRunning();

    /** Says whether the node is paused: running, but halted, so that nothing answers, until it goes on or ends. */
    default boolean isPaused() {
        return false;
    }

    /** {@return what the node takes of its machine; empty if it does not run, or the backend cannot tell} */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default Optional<NodeUsage> usage() {
        return Optional.empty();
    }

    /** {@return the file to which the node's log is written; empty if the backend keeps none} */
    Optional<Path> log();

    /**
     * Finds what it is part of.
     *
     * @param type the interface of the run that handed it out
     * @param <T> the interface
     * @return that run; empty if none did
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default <T> Optional<T> owner(Class<T> type) {
        return Optional.empty();
    }
}
