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

    // What each of the leases of a node is for, in the order in which they are taken.
    private static final int GOSSIP = 2;
    private static final int PUBLIC_AVAILABILITY = 3;
    private static final int BLEND = 4;
    private static final int PUBLIC_GOSSIP = 5;
    private static final int HIDDEN_AVAILABILITY = 6;

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
     * Leases those at which it provides services, and those at which a relay takes what is for it. What the genesis
     * names are the same ones for the same numbers, if they are free, so that it is one that was proven before.
     *
     * @param relayed whether others reach it through a relay
     */
    synchronized void leaseServices(String node, RandomGenerator numbers, boolean relayed) {
        lease(node);
        var taken = leases.computeIfAbsent(node, name -> new ArrayList<>());
        while (taken.size() < PUBLIC_GOSSIP) {
            taken.add(scope.leasePort(numbers.nextInt(Integer.MAX_VALUE)));
        }
        while (relayed && taken.size() <= HIDDEN_AVAILABILITY) {
            taken.add(scope.leasePort());
        }
    }

    /** Where each node provides services, in the order of the nodes. */
    synchronized Map<String, ServicePorts> services() {
        var services = new LinkedHashMap<String, ServicePorts>();
        leases.forEach((node, taken) -> {
            boolean relayed = taken.size() > HIDDEN_AVAILABILITY;
            int availability = taken.get(PUBLIC_AVAILABILITY).port();
            services.put(
                    node,
                    new ServicePorts(
                            LOCAL,
                            taken.get(relayed ? PUBLIC_GOSSIP : GOSSIP).port(),
                            relayed ? taken.get(HIDDEN_AVAILABILITY).port() : availability,
                            availability,
                            taken.get(BLEND).port()));
        });
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
                        taken.get(GOSSIP).port())));
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
