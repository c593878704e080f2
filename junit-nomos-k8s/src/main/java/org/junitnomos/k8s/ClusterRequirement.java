package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junitnomos.deploy.Requirement;

/** Looks whether there is a cluster, and whether the user may do in it what a deployment takes. */
final class ClusterRequirement {
    private ClusterRequirement() {}

    static Requirement check(KubernetesSettings settings) {
        if (settings.dryRun()) {
            return Requirement.met();
        }
        var missing = ClusterConfig.missing(settings, System.getenv());
        if (missing.isPresent()) {
            return Requirement.missing(missing.get());
        }
        var config = ClusterConfig.read(settings.kubeconfig(), settings.context());
        try (var client = ClusterAccess.client(config)) {
            return check(settings, client);
        }
    }

    static Requirement check(KubernetesSettings settings, KubernetesClient client) {
        String where = "Kubernetes at " + client.getMasterUrl();
        try {
            client.getKubernetesVersion();
            var lacking = Permissions.lacking(client, settings);
            if (lacking.isEmpty()) {
                return Requirement.met();
            }
            String namespace = settings.namespace();
            return Requirement.missing("The user of " + where + " may not " + String.join("; ", lacking)
                    + (namespace == null ? "" : " in namespace '" + namespace + "'")
                    + ". Bind the "
                    + (namespace == null
                            ? "ClusterRole of docs/kubernetes.md, or name a namespace in K8S_RUNNER_NAMESPACE for"
                                    + " which a Role suffices."
                            : "Role of docs/kubernetes.md.")
                    + (settings.access() == NodeAccess.INGRESS
                            ? " Access by ingresses needs the ClusterRole 'junit-nomos-ingress', too."
                            : ""));
        } catch (KubernetesClientException e) {
            return Requirement.missing(where + " cannot be used: " + ApiFailures.text(e) + ".");
        }
    }
}
