package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the network policies of one namespace on a cluster that does not, for as long as it is open: what a network
 * plugin does. The cluster has to be of this machine alone, and the user has to be root.
 *
 * <p>Like many plugins it lets connections go on that are open. Policies with more than ours have are refused.
 */
final class PolicyPlugin implements AutoCloseable {
    private final PodFirewall firewall = new PodFirewall();
    private final SharedIndexInformer<NetworkPolicy> policies;
    private final SharedIndexInformer<Pod> pods;
    private @Nullable RuntimeException failure;

    /** Begin to enforce. */
    PolicyPlugin(KubernetesClient client, String namespace) {
        this.policies = client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .runnableInformer(0)
                .addEventHandler(onAnyEvent());
        this.pods = client.pods().inNamespace(namespace).runnableInformer(0).addEventHandler(onAnyEvent());
        pods.run();
        policies.run();
    }

    /** Return what is enforced now. */
    List<String> rules() {
        check();
        return firewall.rules();
    }

    private synchronized void check() {
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private <T> ResourceEventHandler<T> onAnyEvent() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                enforce();
            }

            @Override
            public void onUpdate(T before, T after) {
                enforce();
            }

            @Override
            public void onDelete(T deleted, boolean unknown) {
                enforce();
            }
        };
    }

    private synchronized void enforce() {
        if (policies == null || pods == null) {
            return; // it has only begun
        }
        try {
            var wanted = new ArrayList<String>();
            for (var pod : pods.getStore().list()) {
                var selecting = policies.getStore().list().stream()
                        .filter(policy -> selects(policy.getSpec().getPodSelector(), pod))
                        .toList();
                if (!selecting.isEmpty() && pod.getStatus().getPodIP() != null) {
                    wanted.addAll(rulesFor(pod, selecting));
                }
            }
            if (!wanted.isEmpty()) {
                wanted.add(0, "-m conntrack --ctstate ESTABLISHED,RELATED -j RETURN");
            }
            firewall.replace(wanted);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private List<String> rulesFor(Pod pod, List<NetworkPolicy> selecting) {
        var lines = new ArrayList<String>();
        String to = "-d " + pod.getStatus().getPodIP() + "/32";
        for (var policy : selecting) {
            if (!policy.getSpec().getPolicyTypes().equals(List.of("Ingress"))) {
                throw new IllegalArgumentException("not enforced here: " + policy);
            }
            for (var rule : policy.getSpec().getIngress()) {
                for (String from : sources(rule)) {
                    rule.getPorts()
                            .forEach(port -> lines.add(from + to + " -p tcp --dport "
                                    + port.getPort().getIntVal() + " -j RETURN"));
                }
            }
        }
        lines.add(to + " -j DROP");
        return lines;
    }

    private List<String> sources(NetworkPolicyIngressRule rule) {
        if (rule.getFrom().isEmpty()) {
            return List.of("");
        }
        var sources = new ArrayList<String>();
        for (var from : rule.getFrom()) {
            if (from.getIpBlock() != null || from.getNamespaceSelector() != null) {
                throw new IllegalArgumentException("not enforced here: " + from);
            }
            for (var pod : pods.getStore().list()) {
                if (selects(from.getPodSelector(), pod) && pod.getStatus().getPodIP() != null) {
                    sources.add("-s " + pod.getStatus().getPodIP() + "/32 ");
                }
            }
        }
        return sources;
    }

    private static boolean selects(LabelSelector selector, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return selector.getMatchLabels().entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && selector.getMatchExpressions().stream().allMatch(each -> matches(each, labels));
    }

    private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
        boolean listed = wanted.getValues().contains(labels.get(wanted.getKey()));
        return switch (wanted.getOperator()) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            default -> throw new IllegalArgumentException("not enforced here: " + wanted);
        };
    }

    @Override
    public void close() {
        policies.stop();
        pods.stop();
        firewall.close();
        check();
    }
}
