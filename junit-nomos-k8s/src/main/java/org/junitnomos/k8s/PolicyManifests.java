package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the network policies under which no node takes a connection over a link that is cut. Pure functions.
 *
 * <p>What several policies let in adds up, so that each node has to be in one only: one policy a set of nodes that may
 * not hear the same others. Both ends of a link refuse the other, so there is no need to say what nodes may open.
 */
final class PolicyManifests {
    private PolicyManifests() {}

    /**
     * Writes the policies.
     *
     * @param name their names begin with it
     * @param cut for each node with cut links the other ends of them
     */
    static List<NetworkPolicy> of(ObjectPlacement place, String name, Map<String, Set<String>> cut) {
        var groups = new LinkedHashMap<Set<String>, List<String>>();
        cut.forEach((node, ends) ->
                groups.computeIfAbsent(ends, any -> new ArrayList<>()).add(node));
        var policies = new ArrayList<NetworkPolicy>();
        groups.forEach((ends, nodes) -> policies.add(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(place.name(name + "-" + (policies.size() + 1)))
                .withNamespace(place.namespace())
                .withLabels(Labels.ofDeployment(place.marker(), place.session()))
                .endMetadata()
                .withNewSpec()
                .withPodSelector(nodes(place, "In", nodes))
                .withPolicyTypes("Ingress")
                .withIngress(everybody(), allBut(place, ends))
                .endSpec()
                .build()));
        return policies;
    }

    private static LabelSelector nodes(ObjectPlacement place, String operator, Iterable<String> names) {
        var values = new ArrayList<String>();
        names.forEach(values::add);
        var labels = new LinkedHashMap<String, String>();
        labels.put(Labels.MARKER, place.marker());
        return new LabelSelectorBuilder()
                .withMatchLabels(labels)
                .addNewMatchExpression()
                .withKey(Labels.NODE)
                .withOperator(operator)
                .withValues(values)
                .endMatchExpression()
                .build();
    }

    /** Tests and probes reach what they always do. */
    private static NetworkPolicyIngressRule everybody() {
        return new NetworkPolicyIngressRuleBuilder()
                .withPorts(port(PodPort.API), port(PodPort.TESTING))
                .build();
    }

    private static NetworkPolicyIngressRule allBut(ObjectPlacement place, Set<String> ends) {
        return new NetworkPolicyIngressRuleBuilder()
                .withPorts(port(PodPort.PEERS))
                .addNewFrom()
                .withPodSelector(nodes(place, "NotIn", ends))
                .endFrom()
                .build();
    }

    private static NetworkPolicyPort port(PodPort port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol("TCP")
                .withPort(new IntOrString(port.number()))
                .build();
    }
}
