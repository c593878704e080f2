package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Patience;

/**
 * Experiments of Chaos Mesh: its daemons refuse connections in the network of the pods themselves, whatever plugin the
 * cluster has. They say when an experiment is in force, and an experiment that was deleted goes when they have taken it
 * back.
 *
 * @param use whether it is wanted
 * @param limit how long that may take
 */
record ChaosExperiments(FeatureUse use, Duration limit) implements NetworkMeans {
    static final String API_VERSION = "chaos-mesh.org/v1alpha1";
    static final String KIND = "NetworkChaos";

    /** Long enough for daemons of many machines. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration PERIOD = Duration.ofMillis(200);

    @Override
    public String label() {
        return "experiments of Chaos Mesh";
    }

    @Override
    public boolean isWanted() {
        return use == FeatureUse.AUTO;
    }

    @Override
    public Optional<String> obstacle(KubernetesClient client, ObjectPlacement place) {
        var served = client.getApiResources(API_VERSION);
        if (served == null || served.getResources().stream().noneMatch(each -> KIND.equals(each.getKind()))) {
            return Optional.of("the cluster has no " + KIND + " of " + API_VERSION);
        }
        return Permissions.obstacle(client, place.namespace(), Permissions.CHAOS_MESH);
    }

    @Override
    public List<GenericKubernetesResource> manifests(ObjectPlacement place, String name, Map<String, Set<String>> cut) {
        return ChaosManifests.of(place, name, cut);
    }

    @Override
    public Optional<String> awaitInForce(KubernetesClient client, HasMetadata object) throws InterruptedException {
        if (Patience.until(() -> isInjected(client.resource(object).get()), limit, PERIOD)) {
            return Optional.empty();
        }
        return Optional.of("Chaos Mesh did not say AllInjected of '"
                + object.getMetadata().getName() + "' within " + DurationText.format(limit));
    }

    /** Looks at the conditions of an experiment. */
    static boolean isInjected(@Nullable HasMetadata experiment) {
        if (!(experiment instanceof GenericKubernetesResource known)
                || !(known.get("status", "conditions") instanceof List<?> conditions)) {
            return false;
        }
        return conditions.stream()
                .anyMatch(each -> each instanceof Map<?, ?> condition
                        && "AllInjected".equals(condition.get("type"))
                        && "True".equals(condition.get("status")));
    }

    @Override
    public Optional<String> awaitGone(KubernetesClient client, HasMetadata object) throws InterruptedException {
        if (Patience.until(() -> client.resource(object).get() == null, limit, PERIOD)) {
            return Optional.empty();
        }
        var left = client.resource(object).get();
        return left == null
                ? Optional.empty()
                : Optional.of("experiment '" + object.getMetadata().getName() + "' of Chaos Mesh is still there "
                        + DurationText.format(limit) + " after it was deleted, because of finalizers "
                        + left.getMetadata().getFinalizers());
    }
}
