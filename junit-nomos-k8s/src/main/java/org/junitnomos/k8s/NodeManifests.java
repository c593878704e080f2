package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.external.DevNodeConfigFile;
import org.junitnomos.topology.NodeSpec;

/** Writes what a node keeps over all its lives: its address, its volume and its configuration. Pure functions. */
final class NodeManifests {
    /** What the API server takes at most in one secret, with some room for its other fields. */
    private static final int MOST_BYTES = 1_000_000;

    private static final String STATE = NodePod.STATE_DIRECTORY + "/state";
    private static final String ALL_ADDRESSES = "0.0.0.0";
    private static final String STANDARD_OUTPUT = "-";

    private NodeManifests() {}

    /** Writes the service, whose address is the node's for as long as the deployment lives. */
    static Service service(ObjectPlacement place, NodeSpec node, NodeAccess access, List<PodPort> open) {
        var ports = new ArrayList<ServicePort>();
        for (var port : open) {
            ports.add(new ServicePortBuilder()
                    .withName(port.label())
                    .withProtocol(port.protocol())
                    .withPort(port.number())
                    .withTargetPort(new IntOrString(port.label()))
                    .build());
        }
        return new ServiceBuilder()
                .withMetadata(place.metadata(node))
                .withNewSpec()
                .withType(access == NodeAccess.NODE_PORT ? "NodePort" : "ClusterIP")
                .withPublishNotReadyAddresses(true) // nodes are ready when they are connected with their peers
                .withSelector(Labels.selecting(place.marker(), node))
                .withPorts(ports)
                .endSpec()
                .build();
    }

    /** Writes the claim of the volume with the node's blocks; a pod comes and goes, the volume stays. */
    static PersistentVolumeClaim claim(ObjectPlacement place, NodeSpec node, KubernetesSettings.Storage storage) {
        var requests = new LinkedHashMap<String, Quantity>();
        requests.put("storage", new Quantity(storage.size()));
        return new PersistentVolumeClaimBuilder()
                .withMetadata(place.metadata(node))
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storage.storageClass().isEmpty() ? null : storage.storageClass())
                .withNewResources()
                .withRequests(requests)
                .endResources()
                .endSpec()
                .build();
    }

    /** Writes what the program of a dev node reads. */
    static String configurationText(NodeSetup setup) throws IOException {
        return new DevNodeConfigFile(STATE, ALL_ADDRESSES, STANDARD_OUTPUT, null, false).text(setup);
    }

    /**
     * Writes the secret with the configuration: it has the key of the node's leader.
     *
     * @throws DeploymentException if the configuration is too large for a secret
     */
    static Secret configuration(ObjectPlacement place, NodeSpec node, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new DeploymentException(
                    "The configuration of node '" + node.name() + "' has " + bytes + " bytes, expected at most "
                            + MOST_BYTES + ", because Kubernetes keeps it in a secret. Most of it is the genesis:"
                            + " declare fewer wallets.",
                    null);
        }
        var data = new LinkedHashMap<String, String>();
        data.put(NodePod.CONFIG_FILE, text);
        return new SecretBuilder()
                .withMetadata(place.metadata(node))
                .withType("Opaque")
                .withStringData(data)
                .build();
    }
}
