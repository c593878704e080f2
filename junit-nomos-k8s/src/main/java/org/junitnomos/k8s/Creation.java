package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junitnomos.time.Patience;

/**
 * Creates what belongs to the home of a deployment.
 *
 * <p>The client asks again when a server is busy or an answer is lost, so an object may exist by the time it is asked
 * for: names are unique to a deployment, so it is the one that was wanted.
 */
final class Creation {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PERIOD = Duration.ofMillis(200);

    private Creation() {}

    /**
     * Creates an object; blocks for a while if what it needs of a young namespace is not there yet.
     *
     * @return as the server has it; what was asked for if its answer was lost
     */
    static <T extends HasMetadata> T inHome(KubernetesClient client, T object) {
        var created = new AtomicReference<T>();
        var refused = new AtomicReference<KubernetesClientException>();
        try {
            Patience.until(
                    () -> {
                        try {
                            created.set(create(client, object));
                            return true;
                        } catch (KubernetesClientException e) {
                            refused.set(e);
                            return !ApiFailures.isPassing(e);
                        }
                    },
                    LIMIT,
                    PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        T made = created.get();
        if (made == null) {
            throw refused.get();
        }
        return made;
    }

    private static <T extends HasMetadata> T create(KubernetesClient client, T object) {
        var resource = client.resource(object);
        try {
            return resource.create();
        } catch (KubernetesClientException e) {
            if (!ApiFailures.isThere(e)) {
                throw e;
            }
            if (object instanceof Service) {
                resource.delete(); // its address is in the answer that was lost
                return resource.create();
            }
            return object;
        }
    }
}
