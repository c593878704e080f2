package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junitnomos.topology.NodeSpec;

/**
 * How nodes are reached by ingresses: a host for each HTTP port of each node, so that paths stay as they are.
 *
 * @param domain what the names of all hosts end with
 * @param className class of the ingresses; null for the cluster's default
 * @param address name or address at which the controller listens; null if the names of the hosts lead there
 * @param port at which it listens
 */
record Ingresses(
        String domain, @Nullable String className, @Nullable String address, int port) {
    /** Where controllers listen, if nothing else is said. */
    static final int USUAL_PORT = 80;

    /** Returns the host of a node's port. */
    String host(ObjectPlacement place, String node, PodPort port) {
        String label = port == PodPort.API ? node : node + "-" + port.label();
        return label + "." + place.marker() + "." + domain;
    }

    /** Says where a host is reached: those of nodes at the controller. */
    String placeOf(String host) {
        return address != null && host.endsWith("." + domain) ? address : host;
    }

    /** Writes the ingress of a node, which is the same in all its lives. */
    Ingress of(ObjectPlacement place, NodeSpec node, boolean hasTestingPort) {
        var rules = new ArrayList<IngressRule>();
        rules.add(rule(place, node, PodPort.API));
        if (hasTestingPort) {
            rules.add(rule(place, node, PodPort.TESTING));
        }
        return new IngressBuilder()
                .withNewMetadata()
                .withName(place.name(node.name()))
                .withNamespace(place.namespace())
                .withLabels(Labels.ofNode(place.marker(), place.session(), node))
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(className)
                .withRules(rules)
                .endSpec()
                .build();
    }

    private IngressRule rule(ObjectPlacement place, NodeSpec node, PodPort port) {
        return new IngressRuleBuilder()
                .withHost(host(place, node.name(), port))
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(place.name(node.name()))
                .withNewPort()
                .withName(port.label())
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .build();
    }
}
