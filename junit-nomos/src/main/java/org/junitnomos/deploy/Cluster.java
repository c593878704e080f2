package org.junitnomos.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.topology.TopologySpec;

/** Gives access to a running cluster. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Cluster {
    /** {@return the topology that was deployed} */
    TopologySpec topology();

    /** Names what kind of node runs here, for example {@code "dev node (simulated, rules 2025-12)"}. */
    String systemUnderTest();

    /** Lists the nodes in the order of their indexes, stopped ones too. */
    List<NodeHandle> nodes();

    /**
     * Finds a node by name.
     *
     * @param name for example {@code "validator-0"}
     * @return the node
     * @throws IllegalArgumentException if there is no such node; lists those there are
     */
    default NodeHandle node(String name) {
        return nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node '" + name + "' in "
                        + nodes().stream().map(NodeHandle::name).toList()));
    }

    /**
     * {@return control over nodes and links; it throws {@link UnsupportedOperationException} for what the backend
     * cannot do}
     */
    NodeControl control();

    /**
     * Says that what the cluster runs on can no longer be reached, so that nothing is known of its nodes any more. The
     * nodes count as dead then.
     *
     * @return what cannot be reached and why, one line; empty while it can
     */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /**
     * Returns the network on which containers of one's own reach the nodes, each at its {@link NodeHandle#innerUrl()}.
     * The cluster owns it.
     *
     * @return its id, as the engine knows it; empty where nodes are no containers
     */
    default Optional<String> networkId() {
        return Optional.empty();
    }

    /** {@return the genesis of the cluster with its funded wallets and their keys} */
    Genesis genesis();

    /**
     * {@return the time from the start of the deployment's timeline to slot 0 of the chain; negative if the chain is
     * older}
     */
    Duration chainStart();

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
