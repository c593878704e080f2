package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.RunningAddress;

/**
 * The ways in which the test JVM reaches a node.
 *
 * @param node name of the node
 * @param peer where other nodes reach it
 * @param testing whether it has a testing port
 */
record NodeReach(String node, Optional<String> peer, boolean testing) {
    /** Through the API server. */
    PodLife.Reach forwarded() {
        return new PodLife.Reach() {
            private @Nullable NodeForwards forwards;

            @Override
            public synchronized RunningAddress open(PodResource pod) {
                var opened = NodeForwards.open(pod, testing);
                forwards = opened;
                return new RunningAddress(opened.endpoint(node), peer);
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
    PodLife.Reach direct(Service service) {
        String host = service.getSpec().getClusterIP();
        return known(at(host, PodPort.API.number()), at(host, PodPort.TESTING.number()));
    }

    /** At the ports that each machine has for its service. */
    PodLife.Reach atMachine(Service service, String host) {
        return known(at(host, machinePort(service, PodPort.API)), at(host, machinePort(service, PodPort.TESTING)));
    }

    /** By its ingress, at the port where ingresses are served. */
    PodLife.Reach throughIngress(Ingresses ingresses, ObjectPlacement place) {
        var api = at(ingresses.host(place, node, PodPort.API), ingresses.port());
        var address = address(api, at(ingresses.host(place, node, PodPort.TESTING), ingresses.port()));
        return new PodLife.Reach() {
            private @Nullable IngressAnswer answer;

            @Override
            public synchronized @Nullable RunningAddress open(PodResource pod) {
                var asking = answer;
                if (asking == null) {
                    asking = IngressAnswer.await(api, ingresses.placeOf(api.getHost()));
                    answer = asking;
                }
                return asking.isAnswered() ? address : null;
            }

            @Override
            public synchronized Optional<String> failure() {
                return answer == null ? Optional.empty() : answer.failure();
            }

            @Override
            public synchronized void close() {
                if (answer != null) {
                    answer.close();
                }
            }
        };
    }

    private static int machinePort(Service service, PodPort port) {
        return service.getSpec().getPorts().stream()
                .filter(each -> port.label().equals(each.getName()))
                .findFirst()
                .orElseThrow()
                .getNodePort();
    }

    private static URI at(String host, int port) {
        String where = host.indexOf(':') >= 0 ? "[" + host + "]" : host; // IPv6
        return URI.create("http://" + where + ":" + port);
    }

    private RunningAddress address(URI api, URI testingPort) {
        return new RunningAddress(new NodeEndpoint(node, api, testing ? testingPort : null), peer);
    }

    private PodLife.Reach known(URI api, URI testingPort) {
        var address = address(api, testingPort);
        return new PodLife.Reach() {
            @Override
            public RunningAddress open(PodResource pod) {
                return address;
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
