package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rules for what pods send each other, in a chain of its own that every packet passes first. Works where all pods are on
 * this machine, for root.
 */
final class PodFirewall implements AutoCloseable {
    /** Then follow the process that has a chain, a dash and a number. */
    private static final String CHAINS = "NOMOS-TESTS-";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String chain;
    private List<String> rules = List.of();
    private boolean closed;

    PodFirewall() {
        sweep();
        this.chain = CHAINS + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
        iptables("-N", chain);
        iptables("-I", "FORWARD", "1", "-j", chain);
    }

    /** Say why there can be none here; null if there can. */
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

    /** Return the rules in force. */
    synchronized List<String> rules() {
        return rules;
    }

    /** Put rules in force in place of all others, each as iptables takes it after the name of the chain. */
    synchronized void replace(List<String> wanted) {
        if (closed || wanted.equals(rules)) {
            return;
        }
        var text = new StringBuilder("*filter\n:" + chain + " - [0:0]\n");
        wanted.forEach(rule ->
                text.append("-A ").append(chain).append(' ').append(rule).append('\n'));
        run(text.append("COMMIT\n").toString(), List.of("iptables-restore", "-w", "10", "--noflush"));
        rules = List.copyOf(wanted);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            remove(chain);
        }
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
                throw new IllegalStateException(String.join(" ", command) + " said: " + output + input);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
