package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of one deployment in a namespace that others use as well: all of them are owned by its anchor. */
final class GivenNamespace implements DeploymentNamespace {
    private final KubernetesClient client;
    private final ObjectPlacement place;
    private volatile @Nullable ConfigMap anchor;

    GivenNamespace(KubernetesClient client, ObjectPlacement place) {
        this.client = client;
        this.place = place;
    }

    private Resource<ConfigMap> resource() {
        return client.resource(Anchor.of(place));
    }

    @Override
    public void create() {
        try {
            anchor = resource().create();
        } catch (KubernetesClientException e) {
            if (!ApiFailures.isThere(e)) {
                throw e;
            }
            anchor = resource().get(); // its name is unique: the answer of the first attempt was lost
        }
    }

    @Override
    public <T extends HasMetadata> T belonging(T object) {
        return Anchor.owning(Objects.requireNonNull(anchor, "anchor"), object);
    }

    @Override
    public boolean isThere() {
        return resource().get() != null;
    }

    @Override
    public void delete() {
        // The anchor stays until all that it owns is gone.
        resource().withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    }

    @Override
    public Optional<String> obstacle() {
        var found = resource().get();
        if (found == null || found.getMetadata().getFinalizers() == null) {
            return Optional.empty();
        }
        var finalizers = found.getMetadata().getFinalizers();
        return finalizers.isEmpty() ? Optional.empty() : Optional.of("finalizers " + finalizers);
    }

    @Override
    public String description() {
        return "what config map '" + place.name("deployment") + "' owns in namespace '" + place.namespace() + "'";
    }
}
