package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Patience;

/** Removes what a deployment has, and looks until it is gone. */
final class DeploymentRemoval {
    /** Ten times what a namespace with a few pods takes. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final Duration PERIOD = Duration.ofMillis(100);

    private DeploymentRemoval() {}

    /** Removes it and waits; says what is left, for people. */
    static List<String> remove(DeploymentNamespace home) {
        return remove(home, LIMIT);
    }

    /** Removes it and waits for so long at most. */
    static List<String> remove(DeploymentNamespace home, Duration limit) {
        boolean interrupted = Thread.interrupted();
        try {
            home.delete();
            if (Patience.until(() -> !home.isThere(), limit, PERIOD)) {
                return List.of();
            }
            return List.of(home.description() + " is still there " + DurationText.format(limit)
                    + " after it was deleted"
                    + home.obstacle().map(what -> ", because of " + what).orElse(""));
        } catch (KubernetesClientException e) {
            return List.of(home.description() + " cannot be removed: " + ApiFailures.text(e));
        } catch (InterruptedException e) {
            interrupted = true;
            return List.of(home.description() + " was deleted, but whether it is gone was not seen: the thread was"
                    + " interrupted");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
