package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;

/**
 * Says where a deployment is, in words that stand in the ledger of a session, so that a later test JVM finds it.
 *
 * @param namespace namespace that others use as well; empty if the deployment has one of its own
 * @param url address of the API server
 * @param kubeconfig file that names it; empty for the usual places
 * @param context context in it; empty if there is none
 */
record ClusterAddress(String namespace, String url, String kubeconfig, String context) {
    private static final String BETWEEN = " @ ";
    private static final String OWN = "a namespace of its own";
    private static final String GIVEN = "objects in namespace ";

    static ClusterAddress of(KubernetesSettings settings, Config config) {
        var kubeconfig = settings.kubeconfig();
        var current = config.getCurrentContext();
        return new ClusterAddress(
                settings.namespace() == null ? "" : settings.namespace(),
                config.getMasterUrl(),
                kubeconfig == null ? "" : kubeconfig.toAbsolutePath().toString(),
                current == null || current.getName() == null ? "" : current.getName());
    }

    /** Writes it as the name of an entry. */
    String entryName() {
        return String.join(BETWEEN, namespace.isEmpty() ? OWN : GIVEN + namespace, url, kubeconfig, context);
    }

    /** Reads the name of an entry; empty if another version wrote it. */
    static Optional<ClusterAddress> parse(String entryName) {
        String[] parts = entryName.split(BETWEEN, -1);
        if (parts.length != 4 || !(parts[0].equals(OWN) || parts[0].startsWith(GIVEN))) {
            return Optional.empty();
        }
        String namespace = parts[0].equals(OWN) ? "" : parts[0].substring(GIVEN.length());
        return Optional.of(new ClusterAddress(namespace, parts[1], parts[2], parts[3]));
    }

    /**
     * Reads the configuration of a client that gets there.
     *
     * @throws DeploymentException if the kubeconfig is gone, or leads elsewhere now
     */
    Config config() {
        var config = ClusterConfig.read(kubeconfig.isEmpty() ? null : Path.of(kubeconfig), emptyToNull(context));
        if (!config.getMasterUrl().equals(url)) {
            throw new DeploymentException(
                    "The kubeconfig leads to " + config.getMasterUrl() + " now, and no longer to " + url + ".", null);
        }
        return config;
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
