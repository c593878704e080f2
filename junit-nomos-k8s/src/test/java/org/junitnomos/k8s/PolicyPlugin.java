package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the network policies of one namespace on a cluster that does not, for as long as it is open: what a network
 * plugin does. The cluster has to be of this machine alone, and the user has to be root.
 *
 * <p>Like many plugins it lets connections go on that are open. Policies with more than ours have are refused.
 */
final class PolicyPlugin implements AutoCloseable {
    /** Then follow the process that has a chain, a dash and a number. */
    private static final String CHAINS = "NOMOS-TESTS-";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String chain;
    private final SharedIndexInformer<NetworkPolicy> policies;
    private final SharedIndexInformer<Pod> pods;
    private List<String> rules = List.of();
    private @Nullable RuntimeException failure;
    private boolean closed;

    private PolicyPlugin(KubernetesClient client, String namespace) {
        this.chain = CHAINS + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
        iptables("-N", chain);
        iptables("-I", "FORWARD", "1", "-j", chain);
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

    /** Begin to enforce. */
    static PolicyPlugin open(KubernetesClient client, String namespace) {
        sweep();
        return new PolicyPlugin(client, namespace);
    }

    /** Say why it cannot be opened here; null if it can. */
    static @Nullable String obstacle(KubernetesClient client) {
        try {
            iptables("-S", "FORWARD");
        } catch (RuntimeException e) {
            return "needs iptables, and root who may use it: " + e.getMessage();
        }
        for (var machine : client.nodes().list().getItems()) {
            for (var address : machine.getStatus().getAddresses()) {
                if (address.getType().equals("InternalIP") && !isOfThisMachine(address.getAddress())) {
                    return "needs a cluster of this machine alone, but has one at " + address.getAddress();
                }
            }
        }
        return null;
    }

    private static boolean isOfThisMachine(String address) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remove what JVMs left that ended before they closed theirs. */
    private static void sweep() {
        for (String line : iptables("-S").split("\n")) {
            if (line.startsWith("-N " + CHAINS)) {
                String left = line.substring("-N ".length()).strip();
                long owner = Long.parseLong(left.substring(CHAINS.length()).replaceFirst("-.*", ""));
                if (ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty()) {
                    remove(left);
                }
            }
        }
    }

    private static void remove(String chain) {
        iptables("-D", "FORWARD", "-j", chain);
        iptables("-F", chain);
        iptables("-X", chain);
    }

    /** Return what is enforced now. */
    synchronized List<String> rules() {
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
        return rules;
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
        if (closed || policies == null || pods == null) {
            return;
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
            if (!wanted.equals(rules)) {
                var text = new StringBuilder("*filter\n:" + chain + " - [0:0]\n");
                text.append("-A ").append(chain).append(" -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN\n");
                wanted.forEach(
                        rule -> text.append("-A ").append(chain).append(rule).append('\n'));
                run(text.append("COMMIT\n").toString(), List.of("iptables-restore", "-w", "10", "--noflush"));
                rules = List.copyOf(wanted);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private List<String> rulesFor(Pod pod, List<NetworkPolicy> selecting) {
        var lines = new ArrayList<String>();
        String to = " -d " + pod.getStatus().getPodIP() + "/32";
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
                    sources.add(" -s " + pod.getStatus().getPodIP() + "/32");
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

    private static String iptables(String... arguments) {
        var command = new ArrayList<>(List.of("iptables", "-w", "10"));
        command.addAll(List.of(arguments));
        return run("", command);
    }

    private static String run(String input, List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        command.stream().collect(Collectors.joining(" ")) + " said: " + output + input);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        policies.stop();
        pods.stop();
        remove(chain);
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
