package org.junitnomos.deploy.container;

import org.apiguardian.api.API;
import org.junitnomos.deploy.Cluster;
import org.testcontainers.containers.Network;

/**
 * The network of a cluster on backend {@code container}, for containers of one's own: an application, an indexer, a
 * database. There a node is reached at its {@link org.junitnomos.deploy.NodeHandle#innerUrl()}.
 *
 * <p>Stop such a container before the cluster is closed: in the test, or where the cluster is shared, in the class that
 * shares it. One that still runs then loses the network, and a warning names it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ClusterNetwork implements Network {
    private final String id;

    private ClusterNetwork(String id) {
        this.id = id;
    }

    /**
     * Finds the network of a cluster.
     *
     * @param cluster one whose nodes are containers
     * @return its network, for {@code GenericContainer.withNetwork}
     * @throws IllegalStateException if its nodes are none
     */
    public static ClusterNetwork of(Cluster cluster) {
        return new ClusterNetwork(cluster.networkId()
                .orElseThrow(() -> new IllegalStateException("The nodes of this cluster are no containers, so they are"
                        + " on no network that others can join. Run it on backend 'container'"
                        + " (@Topology(backend = \"container\"), or nomos.backend), or use NodeHandle.url().")));
    }

    @Override
    public String getId() {
        return id;
    }

    /** Does nothing: the network is removed with its cluster. */
    @Override
    public void close() {
        // whoever made it removes it
    }
}
