package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Removes deployments that nobody needs any more, whoever made them: what is left of test JVMs on machines that are
 * gone, where no ledger tells of it.
 */
final class ExpiredDeployments {
    /** Clocks of machines differ. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private ExpiredDeployments() {}

    /**
     * Begins to remove them; does not wait. What cannot be removed is told in the log of the tests and fails no test.
     *
     * @param namespace where deployments go; null for namespaces of their own
     * @return names of what is being removed
     */
    static List<String> remove(KubernetesClient client, @Nullable String namespace, Instant now) {
        var removed = new ArrayList<String>();
        try {
            var found = namespace == null
                    ? client.namespaces()
                            .withLabel(Labels.MANAGED_BY, Labels.MANAGER)
                            .list()
                            .getItems()
                    : client.configMaps()
                            .inNamespace(namespace)
                            .withLabel(Labels.MANAGED_BY, Labels.MANAGER)
                            .list()
                            .getItems();
            for (HasMetadata each : found) {
                if (hasExpired(each, now.minus(MARGIN))) {
                    home(client, namespace, each).delete();
                    removed.add(each.getMetadata().getName());
                }
            }
        } catch (KubernetesClientException e) {
            LoggerFactory.getLogger(ExpiredDeployments.class)
                    .warn("Expired deployments on Kubernetes are not removed: {}", ApiFailures.text(e));
        }
        if (!removed.isEmpty()) {
            LoggerFactory.getLogger(ExpiredDeployments.class).info("Removing expired deployments: {}", removed);
        }
        return removed;
    }

    private static DeploymentNamespace home(KubernetesClient client, @Nullable String namespace, HasMetadata found) {
        String marker = found.getMetadata().getLabels().getOrDefault(Labels.MARKER, "");
        var place = ObjectPlacement.of(namespace == null ? "" : namespace, marker, Instant.EPOCH);
        return namespace == null ? new OwnNamespace(client, place, () -> {}) : new GivenNamespace(client, place);
    }

    /** Whether it says so itself; what says nothing, or something else, is left alone. */
    private static boolean hasExpired(HasMetadata found, Instant now) {
        var annotations = found.getMetadata().getAnnotations();
        String expires = annotations == null ? null : annotations.get(Labels.EXPIRES);
        try {
            return expires != null && Instant.parse(expires).isBefore(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
