package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/**
 * In a namespace that others use as well, one object owns all others of a deployment: when it is deleted, the cluster
 * deletes the rest, and it goes last. Pure functions.
 */
final class Anchor {
    private static final String NAME = "deployment";

    private Anchor() {}

    static ConfigMap of(ObjectPlacement place) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(place.name(NAME))
                .withNamespace(place.namespace())
                .withLabels(Labels.ofDeployment(place.marker(), place.session()))
                .withAnnotations(Labels.expiring(place.expires()))
                .endMetadata()
                .build();
    }

    /** Says that an object belongs to an anchor that exists. */
    static <T extends HasMetadata> T owning(ConfigMap anchor, T owned) {
        owned.getMetadata().getOwnerReferences().add(reference(anchor));
        return owned;
    }

    private static OwnerReference reference(ConfigMap anchor) {
        return new OwnerReferenceBuilder()
                .withApiVersion(anchor.getApiVersion())
                .withKind(anchor.getKind())
                .withName(anchor.getMetadata().getName())
                .withUid(anchor.getMetadata().getUid())
                .withBlockOwnerDeletion(true)
                .build();
    }
}
