package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.ProvingCommand.ServicePorts;

/** The services of nodes: where the others reach each of them, over all its lives. Thread-safe. */
final class NodeServices {
    private final ObjectPlacement place;
    private final Map<String, Service> services = new LinkedHashMap<>();

    NodeServices(ObjectPlacement place) {
        this.place = place;
    }

    /**
     * Notes the service of a node.
     *
     * @param program what the node runs
     * @throws DeploymentException if it cannot be told addresses like that
     */
    synchronized void add(String node, Service service, NodeProgram program) {
        String address = service.getSpec().getClusterIP();
        services.put(node, service);
        if (program.isReal() && address.indexOf(':') >= 0) {
            throw new DeploymentException(
                    "The nodes cannot be started: the cluster gives services addresses such as " + address
                            + ", but real nodes are told addresses of IPv4. Take a cluster whose first address family"
                            + " is IPv4.",
                    null);
        }
    }

    synchronized Service of(String node) {
        return Objects.requireNonNull(services.get(node), node);
    }

    /** Forgets the service of a node; null if it has none. */
    synchronized @Nullable Service remove(String node) {
        return services.remove(node);
    }

    /**
     * Says where nodes listen.
     *
     * @param named whether hosts are names
     * @param testing whether they have a testing port
     */
    synchronized Map<String, NodePorts> ports(boolean named, boolean testing) {
        var ports = new LinkedHashMap<String, NodePorts>();
        services.forEach((node, service) -> ports.put(
                node,
                new NodePorts(
                        named
                                ? NameProbe.nameOf(place, service.getMetadata().getName())
                                : service.getSpec().getClusterIP(),
                        PodPort.API.number(),
                        testing ? PodPort.TESTING.number() : 0,
                        PodPort.PEERS.number())));
        return ports;
    }

    /** Says where real nodes are reached over UDP. */
    synchronized Map<String, ServicePorts> overUdp() {
        var ports = new LinkedHashMap<String, ServicePorts>();
        services.forEach((node, service) -> ports.put(
                node,
                new ServicePorts(
                        service.getSpec().getClusterIP(),
                        PodPort.GOSSIP.number(),
                        PodPort.AVAILABILITY.number(),
                        PodPort.AVAILABILITY.number(),
                        PodPort.BLEND.number())));
        return ports;
    }
}
