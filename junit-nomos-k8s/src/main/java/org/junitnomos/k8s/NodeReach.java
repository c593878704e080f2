package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.external.NodeAddress;

/** The ways in which the test JVM reaches a node. */
final class NodeReach {
    private NodeReach() {}

    /** Through the API server. */
    static PodLife.Reach forwarded(String node, Optional<String> peer) {
        return new PodLife.Reach() {
            private @Nullable NodeForwards forwards;

            @Override
            public synchronized NodeAddress open(PodResource pod) {
                var opened = NodeForwards.open(pod);
                forwards = opened;
                return new NodeAddress(opened.endpoint(node), peer);
            }

            @Override
            public synchronized void close() {
                var opened = forwards;
                if (opened != null) {
                    opened.close();
                }
            }
        };
    }

    /** At the address of its service. */
    static PodLife.Reach direct(String node, Service service, Optional<String> peer) {
        String host = service.getSpec().getClusterIP();
        return known(node, host, PodPort.API.number(), PodPort.TESTING.number(), peer);
    }

    /** At the ports that each machine has for its service. */
    static PodLife.Reach atMachine(String node, Service service, String host, Optional<String> peer) {
        return known(node, host, machinePort(service, PodPort.API), machinePort(service, PodPort.TESTING), peer);
    }

    private static int machinePort(Service service, PodPort port) {
        return service.getSpec().getPorts().stream()
                .filter(each -> port.label().equals(each.getName()))
                .findFirst()
                .orElseThrow()
                .getNodePort();
    }

    private static PodLife.Reach known(String node, String host, int api, int testing, Optional<String> peer) {
        String where = host.indexOf(':') >= 0 ? "[" + host + "]" : host; // IPv6
        var address = new NodeAddress(
                new NodeEndpoint(
                        node, URI.create("http://" + where + ":" + api), URI.create("http://" + where + ":" + testing)),
                peer);
        return new PodLife.Reach() {
            @Override
            public NodeAddress open(PodResource pod) {
                return address;
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
