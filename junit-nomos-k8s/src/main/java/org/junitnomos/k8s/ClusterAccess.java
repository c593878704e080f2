package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.k8s.KubernetesSettings.Storage;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.slf4j.LoggerFactory;

/**
 * The cluster as one deployment sees it.
 *
 * @param settings what the environment decides
 * @param config where the cluster is
 * @param client asks it; closed with the deployment
 * @param storage where nodes keep their blocks, as the cluster has it
 */
record ClusterAccess(KubernetesSettings settings, Config config, KubernetesClient client, Storage storage) {
    private static final int IMPATIENT_MILLIS = 3_000;

    /**
     * Connects to the cluster that the settings name.
     *
     * @throws DeploymentException if there is no cluster, or it does not answer
     */
    static ClusterAccess open(KubernetesSettings settings) {
        ClusterConfig.missing(settings, System.getenv()).ifPresent(missing -> {
            throw new DeploymentException(missing, null);
        });
        var config = ClusterConfig.read(settings.kubeconfig(), settings.context());
        var client = client(config);
        try {
            return new ClusterAccess(settings, config, client, storage(settings, client));
        } catch (KubernetesClientException e) {
            client.close();
            throw new DeploymentException(
                    "Kubernetes at " + config.getMasterUrl() + " cannot be used: " + ClusterConfig.text(e, settings)
                            + ".",
                    e);
        }
    }

    /**
     * Makes a client.
     *
     * @throws DeploymentException if it cannot use the certificates or keys of the configuration
     */
    static KubernetesClient client(Config config) {
        try {
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new DeploymentException(
                    "Kubernetes at " + config.getMasterUrl() + " cannot be used: its certificates or keys in the"
                            + " kubeconfig cannot be read: " + ClusterConfig.why(e) + ".",
                    e);
        }
    }

    /** Opens a client that waits only briefly and never tries again. */
    KubernetesClient impatientClient() {
        return client(new ConfigBuilder(config)
                .withConnectionTimeout(IMPATIENT_MILLIS)
                .withRequestTimeout(IMPATIENT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    /** Finds out whether there are volumes: a claim that is only tried tells which class the cluster would give it. */
    private static Storage storage(KubernetesSettings settings, KubernetesClient client) {
        var wanted = settings.storage();
        if (!wanted.storageClass().isEmpty()) {
            return wanted;
        }
        var namespace = settings.namespace();
        var place =
                new ObjectPlacement(namespace == null ? "default" : namespace, "nomos-", "none", "none", Instant.EPOCH);
        PersistentVolumeClaim tried = client.resource(
                        NodeManifests.claim(place, new NodeSpec("trial", NodeRole.VALIDATOR, 0), wanted))
                .dryRun()
                .create();
        if (tried.getSpec().getStorageClassName() != null) {
            return wanted;
        }
        LoggerFactory.getLogger(ClusterAccess.class)
                .warn("The cluster has no default storage class, so nodes cannot be stopped and started: their blocks"
                        + " would be lost. Name a class in 'nomos.kubernetes.storage-class'");
        return new Storage(Storage.NONE, wanted.size());
    }

    Set<Capability> capabilities() {
        return capabilities(storage);
    }

    /** What can be done with dev nodes in pods; one without a volume would come back empty. */
    static Set<Capability> capabilities(Storage storage) {
        var capabilities = EnumSet.of(
                Capability.PAUSE,
                Capability.MEMBERSHIP,
                Capability.PARTITION,
                Capability.LINK_QUALITY,
                Capability.BANDWIDTH,
                Capability.CLOCK_SKEW,
                Capability.SHARES,
                Capability.KINDER_NODES,
                Capability.DEFECTS);
        if (!storage.isEphemeral()) {
            capabilities.add(Capability.NODE_CONTROL);
        }
        return Collections.unmodifiableSet(capabilities);
    }
}
