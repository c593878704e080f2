package org.junitnomos.deploy.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.ProvingCommand.ServicePorts;
import org.junitnomos.deploy.session.PortLease;
import org.junitnomos.deploy.session.Scope;

/** Holds the leased ports of the nodes of one deployment. Thread-safe. */
final class PortBook {
    private static final String LOCAL = "127.0.0.1";

    private static final int PORTS_OF_A_NODE = 3;

    private final Scope scope;
    private final Map<String, List<PortLease>> leases = new LinkedHashMap<>();

    PortBook(Scope scope) {
        this.scope = scope;
    }

    synchronized void lease(String node) {
        var taken = leases.computeIfAbsent(node, name -> new ArrayList<>());
        while (taken.size() < PORTS_OF_A_NODE) {
            taken.add(scope.leasePort());
        }
    }

    /**
     * Leases two more, at which it provides services: the same ones for the same numbers, if they are free, so that the
     * genesis that names them is one that was proven before.
     */
    synchronized void leaseServices(String node, RandomGenerator numbers) {
        lease(node);
        var taken = leases.computeIfAbsent(node, name -> new ArrayList<>());
        while (taken.size() < PORTS_OF_A_NODE + 2) {
            taken.add(scope.leasePort(numbers.nextInt(Integer.MAX_VALUE)));
        }
    }

    /** Where each node provides services, in the order of the nodes. */
    synchronized Map<String, ServicePorts> services() {
        var services = new LinkedHashMap<String, ServicePorts>();
        leases.forEach((node, taken) -> services.put(
                node,
                new ServicePorts(
                        LOCAL,
                        taken.get(PORTS_OF_A_NODE).port(),
                        taken.get(PORTS_OF_A_NODE + 1).port())));
        return services;
    }

    /** The ports by name of the node, in the order of the nodes. */
    synchronized Map<String, NodePorts> all() {
        var ports = new LinkedHashMap<String, NodePorts>();
        leases.forEach((node, taken) -> ports.put(
                node,
                new NodePorts(
                        LOCAL,
                        taken.get(0).port(),
                        taken.get(1).port(),
                        taken.get(2).port())));
        return ports;
    }

    synchronized void giveBack(String node) {
        leases.getOrDefault(node, List.of()).forEach(PortLease::close);
        leases.remove(node);
    }

    synchronized void giveBackAll() {
        List.copyOf(leases.keySet()).forEach(this::giveBack);
    }
}
