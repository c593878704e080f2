package org.junitnomos.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment decides about clusters of this backend; {@link SettingSource} reads it.
 *
 * @param kubeconfig file that names clusters and credentials; null for those that every client of Kubernetes finds:
 *     {@code KUBECONFIG}, {@code ~/.kube/config}, or the service account of a pod
 * @param context context in it; null for the current one
 * @param namespace where all deployments go; null for one of its own for each
 * @param preserve whether what was deployed stays when the deployment is closed
 * @param image image of the nodes; null for the bundled dev node
 * @param realByImage whether the image is named by the variable of the Rust testing framework alone: then it has real
 *     nodes, unless something says otherwise
 * @param access how nodes are reached
 * @param nodeHost name or address at which {@link NodeAccess#NODE_PORT} finds the ports; null for that of a machine
 * @param ingresses how {@link NodeAccess#INGRESS} reaches them; null if nothing is said
 * @param peers how nodes are told where their peers are
 * @param pods what the pods of the nodes get
 * @param storage where nodes keep their blocks
 * @param policies whether links are cut by network policies as well
 * @param chaosMesh whether links are cut by experiments of Chaos Mesh as well
 * @param expiry after which nobody needs a deployment any more
 * @param dryRun whether manifests are written and nothing is deployed
 */
record KubernetesSettings(
        @Nullable Path kubeconfig,
        @Nullable String context,
        @Nullable String namespace,
        boolean preserve,
        @Nullable String image,
        boolean realByImage,
        NodeAccess access,
        @Nullable String nodeHost,
        @Nullable Ingresses ingresses,
        PeerAddressing peers,
        Pods pods,
        Storage storage,
        FeatureUse policies,
        FeatureUse chaosMesh,
        Duration expiry,
        boolean dryRun) {
    private static final Duration FOREVER = Duration.ofDays(3650);

    /**
     * What the pods of the nodes get.
     *
     * @param pullPolicy when their image is pulled
     * @param pullSecrets names of secrets of the namespace with credentials of registries
     * @param nodeSelector labels of the machines they may run on
     * @param tolerations taints of machines that they may run on nevertheless
     * @param cpu share of a processor that a node asks for, as Kubernetes writes it
     * @param memory what a node asks for and never exceeds, as Kubernetes writes it
     */
    record Pods(
            PullPolicy pullPolicy,
            List<String> pullSecrets,
            Map<String, String> nodeSelector,
            List<NodeTaint> tolerations,
            String cpu,
            String memory) {
        Pods {
            pullSecrets = List.copyOf(pullSecrets);
            nodeSelector = Collections.unmodifiableMap(new LinkedHashMap<>(nodeSelector));
            tolerations = List.copyOf(tolerations);
        }
    }

    /**
     * Where nodes keep their blocks.
     *
     * @param storageClass class of the volume claims; empty for the cluster's default, {@link #NONE} for no claims
     * @param size size of each claim, as Kubernetes writes it
     */
    record Storage(String storageClass, String size) {
        /** Blocks live as long as the pod. */
        static final String NONE = "none";

        boolean isEphemeral() {
            return NONE.equals(storageClass);
        }
    }

    /** How nodes are reached by ingresses; null if they are not. */
    @Nullable
    Ingresses usedIngresses() {
        return access == NodeAccess.INGRESS ? ingresses : null;
    }

    /** How long a deployment may live; as good as forever if it is to stay. */
    Duration lifetime() {
        return preserve ? FOREVER : expiry;
    }

    /** The same, with blocks kept elsewhere. */
    KubernetesSettings with(Storage other) {
        return new KubernetesSettings(
                kubeconfig,
                context,
                namespace,
                preserve,
                image,
                realByImage,
                access,
                nodeHost,
                ingresses,
                peers,
                pods,
                other,
                policies,
                chaosMesh,
                expiry,
                dryRun);
    }
}
