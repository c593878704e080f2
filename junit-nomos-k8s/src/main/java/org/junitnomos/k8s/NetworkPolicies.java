package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Network policies: a cluster takes them whether or not its network plugin enforces them, and never tells.
 *
 * @param use whether they are wanted
 */
record NetworkPolicies(FeatureUse use) implements NetworkMeans {
    @Override
    public String label() {
        return "network policies";
    }

    @Override
    public boolean isWanted() {
        return use == FeatureUse.AUTO;
    }

    @Override
    public Optional<String> obstacle(KubernetesClient client, ObjectPlacement place) {
        return Permissions.obstacle(client, place.namespace(), Permissions.NETWORK_POLICIES);
    }

    @Override
    public List<NetworkPolicy> manifests(ObjectPlacement place, String name, Map<String, Set<String>> cut) {
        return PolicyManifests.of(place, name, cut);
    }
}
