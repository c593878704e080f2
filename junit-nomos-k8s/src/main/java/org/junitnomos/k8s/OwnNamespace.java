package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Optional;

/** A namespace that only one deployment uses. */
final class OwnNamespace implements DeploymentNamespace {
    private final KubernetesClient client;
    private final ObjectPlacement place;
    private final Runnable filling;

    /**
     * Describes a namespace that is still to be created.
     *
     * @param filling creates what it has from the start
     */
    OwnNamespace(KubernetesClient client, ObjectPlacement place, Runnable filling) {
        this.client = client;
        this.place = place;
        this.filling = filling;
    }

    @Override
    public void create() {
        try {
            client.resource(DeploymentManifests.namespace(place)).create();
        } catch (KubernetesClientException e) {
            if (!ApiFailures.isThere(e) || !isOurs()) { // the answer of the first attempt may be lost
                throw e;
            }
        }
        filling.run();
    }

    @Override
    public <T extends HasMetadata> T belonging(T object) {
        return object;
    }

    @Override
    public boolean isThere() {
        return isOurs();
    }

    /** Nothing without the marker is ever touched. */
    private boolean isOurs() {
        var found = client.namespaces().withName(place.namespace()).get();
        return found != null
                && place.marker()
                        .equals(
                                found.getMetadata().getLabels() == null
                                        ? ""
                                        : found.getMetadata().getLabels().get(Labels.MARKER));
    }

    @Override
    public void delete() {
        if (isOurs()) {
            client.namespaces().withName(place.namespace()).delete();
        }
    }

    @Override
    public Optional<String> obstacle() {
        var found = client.namespaces().withName(place.namespace()).get();
        if (found == null || found.getStatus() == null) {
            return Optional.empty();
        }
        var reasons = new ArrayList<String>();
        for (var condition : found.getStatus().getConditions()) {
            if ("True".equals(condition.getStatus())) {
                reasons.add(condition.getType() + " (" + condition.getMessage() + ")");
            }
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    @Override
    public String description() {
        return "namespace '" + place.namespace() + "'";
    }
}
