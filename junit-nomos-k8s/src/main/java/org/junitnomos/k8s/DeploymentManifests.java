package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.LinkedHashMap;

/**
 * Writes what a deployment has once: a namespace, and a quota that keeps a scenario gone wild from the rest of the
 * cluster. Pure functions.
 */
final class DeploymentManifests {
    /** Room for nodes that join, and for pods that are still ending when the next one of their node starts. */
    private static final int SPARE = 50;

    private static final String QUOTA = "nomos";

    private DeploymentManifests() {}

    static Namespace namespace(ObjectPlacement place) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(place.namespace())
                .withLabels(Labels.ofDeployment(place.marker(), place.session()))
                .withAnnotations(Labels.expiring(place.expires()))
                .endMetadata()
                .build();
    }

    static ResourceQuota quota(ObjectPlacement place, int nodes, KubernetesSettings.Pods pods) {
        int most = nodes + SPARE;
        var hard = new LinkedHashMap<String, Quantity>();
        hard.put("pods", new Quantity(Integer.toString(most)));
        hard.put("services", new Quantity(Integer.toString(most)));
        hard.put("secrets", new Quantity(Integer.toString(most)));
        hard.put("persistentvolumeclaims", new Quantity(Integer.toString(most)));
        hard.put("limits.memory", Quantity.parse(pods.memory()).multiply(most));
        return new ResourceQuotaBuilder()
                .withMetadata(place.metadata(QUOTA))
                .withNewSpec()
                .withHard(hard)
                .endSpec()
                .build();
    }
}
