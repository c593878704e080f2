package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A way in which a cluster can be told to refuse connections between pods. */
interface NetworkMeans {
    /** Names it for people, in the plural. */
    String label();

    /** Whether the settings allow it. */
    boolean isWanted();

    /** Says what keeps it from being used: it is not there, or the user may not; empty if nothing does. */
    Optional<String> obstacle(KubernetesClient client, ObjectPlacement place);

    /**
     * Writes the objects under which no node takes a connection over a link that is cut.
     *
     * @param name their names begin with it
     * @param cut for each node with cut links the other ends of them
     */
    List<? extends HasMetadata> manifests(ObjectPlacement place, String name, Map<String, Set<String>> cut);

    /**
     * Waits until the cluster says of an object that it is in force, if it ever says so.
     *
     * @return what it says instead; empty if it is, or if the cluster does not tell
     */
    default Optional<String> awaitInForce(KubernetesClient client, HasMetadata object) throws InterruptedException {
        return Optional.empty();
    }

    /** Waits until a deleted object is gone, if that takes any time, and says what holds it; empty if it is gone. */
    default Optional<String> awaitGone(KubernetesClient client, HasMetadata object) throws InterruptedException {
        return Optional.empty();
    }
}
