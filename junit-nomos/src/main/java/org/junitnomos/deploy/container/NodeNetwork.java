package org.junitnomos.deploy.container;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.container.Subnets.Subnet;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;
import org.slf4j.LoggerFactory;

/** A network of one deployment, at an address range that nobody else has. Thread-safe. */
final class NodeNetwork {
    private final ConnectedEngine engine;
    private final String id;
    private final Entry entry;
    private final Subnet subnet;
    private final Map<String, Integer> hosts = new TreeMap<>();

    private NodeNetwork(ConnectedEngine engine, String id, Entry entry, Subnet subnet) {
        this.engine = engine;
        this.id = id;
        this.entry = entry;
        this.subnet = subnet;
    }

    /** What a network is for. */
    enum Purpose {
        /**
         * Ports are published through it, and containers of others find nodes there by name: it must be the first of a
         * container's networks by name.
         */
        CONTROL,
        /** Nodes talk with each other, at addresses that stay; it leads nowhere else. */
        DATA,
        /** A program that is no node has its port published through it. */
        SIDE;

        private String named(Entry entry) {
            return "nomos-" + name().toLowerCase(Locale.ROOT) + "-" + entry.marker();
        }
    }

    /** Creates one where the engine has room; others may take addresses at the same time. */
    static NodeNetwork create(Purpose purpose, ConnectedEngine engine, Scope scope, Subnets subnets) {
        return create(
                purpose,
                engine,
                scope,
                subnets.beginningWith(ProcessHandle.current().pid()));
    }

    /**
     * Creates the first one for which the engine has room.
     *
     * @param candidates networks to try, in order
     */
    static NodeNetwork create(Purpose purpose, ConnectedEngine engine, Scope scope, Iterator<Subnet> candidates) {
        RuntimeException refused = null;
        while (candidates.hasNext()) {
            var subnet = candidates.next();
            var entry = scope.registerAt(engine.address(), ResourceKind.NETWORK, "network " + subnet);
            try {
                String id = engine.client()
                        .createNetworkCmd()
                        .withName(purpose.named(entry))
                        .withLabels(entry.labels())
                        .withInternal(purpose == Purpose.DATA)
                        .withCheckDuplicate(true)
                        .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet.toString())))
                        .exec()
                        .getId();
                entry.created();
                return new NodeNetwork(engine, id, entry, subnet);
            } catch (RuntimeException e) {
                if (!isTaken(e)) {
                    throw new DeploymentException(
                            "The network of the nodes cannot be created: " + engine.told(e) + ".", e);
                }
                entry.released();
                refused = e;
            }
        }
        throw new DeploymentException(
                "The engine has no room for the network of the nodes: " + EngineWording.by(refused)
                        + ". Remove networks that"
                        + " nobody needs (docker network ls), or give another range with '" + ContainerSettings.PREFIX
                        + "subnets'.",
                refused);
    }

    /** The part of an engine that hands out addresses says so, or that of bridges, where a removal is under way. */
    private static boolean isTaken(RuntimeException refused) {
        String text = EngineWording.by(refused);
        return refused instanceof DockerException
                && (text.contains("overlap") || text.contains("already in use") || text.contains("already used"));
    }

    /** Gives a node an address. */
    synchronized String admit(String node) {
        int host = Subnet.FIRST_NODE;
        while (hosts.containsValue(host)) {
            host++;
        }
        if (host > Subnet.LAST_NODE) {
            throw new DeploymentException(
                    "Node '" + node + "' has no address: the network " + subnet + " is full with " + hosts.size()
                            + " nodes.",
                    null);
        }
        hosts.put(node, host);
        return subnet.address(host);
    }

    synchronized void release(String node) {
        hosts.remove(node);
    }

    /** The address at which its containers reach this machine; empty if the engine is elsewhere. */
    Optional<String> gatewayHere() {
        try {
            var configured =
                    engine.client().inspectNetworkCmd().withNetworkId(id).exec().getIpam();
            var candidates = new ArrayList<String>();
            configured.getConfig().forEach(config -> candidates.add(config.getGateway()));
            candidates.add(subnet.address(Subnet.GATEWAY)); // of engines that do not tell what they chose
            for (var gateway : candidates) {
                if (gateway != null && NetworkInterface.getByInetAddress(InetAddress.getByName(gateway)) != null) {
                    return Optional.of(gateway);
                }
            }
        } catch (RuntimeException | IOException e) {
            LoggerFactory.getLogger(NodeNetwork.class).debug("The gateway of network {} is not known", id, e);
        }
        return Optional.empty();
    }

    /** The id of the network. */
    String id() {
        return id;
    }

    /**
     * Removes it; the containers of the nodes must be gone. Those of others, which are not ours to stop, lose it: as
     * long as they are there, no engine removes it. What cannot be removed is found when the scope is settled.
     */
    void remove() {
        if (isRemoved()) {
            return;
        }
        takeOthersOff();
        isRemoved();
    }

    private boolean isRemoved() {
        boolean gone =
                EngineWording.isGone(() -> engine.client().removeNetworkCmd(id).exec());
        if (gone) {
            entry.released();
        }
        return gone;
    }

    private void takeOthersOff() {
        var others = new ArrayList<String>();
        try {
            for (var other : engine.client()
                    .inspectNetworkCmd()
                    .withNetworkId(id)
                    .exec()
                    .getContainers()
                    .entrySet()) {
                engine.client()
                        .disconnectFromNetworkCmd()
                        .withNetworkId(id)
                        .withContainerId(other.getKey())
                        .withForce(true)
                        .exec();
                others.add(other.getValue().getName());
            }
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(NodeNetwork.class)
                    .debug("Containers of others cannot be taken off network {}", id, e);
        }
        if (!others.isEmpty()) {
            LoggerFactory.getLogger(NodeNetwork.class)
                    .warn(
                            "The cluster was closed while containers of yours were on its network: {}. They go on"
                                    + " without it; stop them before the cluster is closed",
                            others);
        }
    }
}
