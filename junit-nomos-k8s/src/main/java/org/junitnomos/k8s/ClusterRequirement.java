package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junitnomos.deploy.Requirement;

/** Looks whether there is a cluster, and whether the user may do in it what a deployment takes. */
final class ClusterRequirement {
    private ClusterRequirement() {}

    static Requirement check(KubernetesSettings settings) {
        var libraries = libraries(ClusterRequirement.class.getClassLoader());
        if (!libraries.isMet()) {
            return libraries;
        }
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

    /** Looks for what the client library needs of annotations that Jackson 2 and 3 share: it came with their 2.22. */
    static Requirement libraries(ClassLoader loader) {
        try {
            Class.forName("com.fasterxml.jackson.annotation.JsonApplyView", false, loader);
            return Requirement.met();
        } catch (ClassNotFoundException e) {
            var found = loader.getResource("com/fasterxml/jackson/annotation/JsonProperty.class");
            return Requirement.missing("junit-nomos-k8s needs jackson-annotations 2.22 or newer, but found "
                    + (found == null ? "none" : found)
                    + ". Import com.fasterxml.jackson:jackson-bom:2.22.0 or newer before other BOMs in"
                    + " dependencyManagement.");
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
                    + ". Bind a "
                    + (namespace == null
                            ? "ClusterRole that allows it (all of it: " + Permissions.inJar(Permissions.CLUSTER_ROLE)
                                    + "), or name a namespace in K8S_RUNNER_NAMESPACE for which a Role suffices."
                            : "Role that allows it (all of it: " + Permissions.inJar(Permissions.ROLE) + ").")
                    + (settings.access() == NodeAccess.INGRESS
                            ? " Access by ingresses needs the ClusterRole 'junit-nomos-ingress', too: "
                                    + Permissions.inJar(Permissions.INGRESS_ROLE) + "."
                            : ""));
        } catch (KubernetesClientException e) {
            return Requirement.missing(where + " cannot be used: " + ClusterConfig.text(e, settings) + ".");
        }
    }
}
