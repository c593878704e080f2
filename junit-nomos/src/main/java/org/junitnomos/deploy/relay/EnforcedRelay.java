package org.junitnomos.deploy.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.control.LinkRelay;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.deploy.nft.Nft;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.topology.LinkSpec;

/** The relay of one deployment, past which nothing goes. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EnforcedRelay implements LinkRelay, AutoCloseable {
    private static final String FOR =
            "faults of links and enforced layouts of real nodes need relays past which nothing"
                    + " goes, and with them a rule of nftables: ";

    private final UdpRelay relay;
    private final RelayTable table;

    private EnforcedRelay(UdpRelay relay, RelayTable table) {
        this.relay = relay;
        this.table = table;
    }

    /**
     * The ports of a node on a plane, all on the loopback.
     *
     * @param plane which network
     * @param own where it listens
     * @param published where others reach it; 0 for any port that is free
     */
    public record Port(Plane plane, int own, int published) {}

    /**
     * Says what a relay lacks here, where nobody can be kept from going past it.
     *
     * @return what it is, and how to get it, without a full stop; empty if nothing is missing
     */
    public static Optional<String> missing() {
        try {
            return missing(Nft.ofThisMachine());
        } catch (IOException e) {
            return Optional.of(FOR + e.getMessage());
        }
    }

    static Optional<String> missing(Nft nft) {
        try {
            RelayTable.check(nft);
            return Optional.empty();
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            return Optional.of(FOR
                    + said.replaceAll("\\s+", " ")
                    + (said.contains("not permitted")
                            ? ". Run the tests as root, or with the capability CAP_NET_ADMIN"
                            : ". The kernel must have nf_tables"));
        }
    }

    /**
     * Opens a relay without nodes, whose rule is in the ledger before it is there.
     *
     * @param scope of the deployment
     * @param seed seed of the run
     * @throws DeploymentException if it cannot be opened; says why
     */
    public static EnforcedRelay open(Scope scope, long seed) {
        try {
            return open(Nft.ofThisMachine(), scope, seed);
        } catch (IOException e) {
            throw new DeploymentException("The links of the nodes cannot be carried: " + e.getMessage(), e);
        }
    }

    static EnforcedRelay open(Nft nft, Scope scope, long seed) throws IOException {
        var relay = new UdpRelay(seed);
        try {
            return new EnforcedRelay(relay, RelayTable.create(nft, scope));
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    /**
     * Takes a node in, before it is started: without links, and with ports that only the relay reaches.
     *
     * @param node its name
     * @param ports one for each plane
     * @return where others reach it on each plane, in the same order
     * @throws DeploymentException if a port cannot be had
     */
    public synchronized List<Integer> admit(String node, List<Port> ports) {
        try {
            var published = new ArrayList<Integer>();
            for (Port port : ports) {
                published.add(relay.admit(node, port.plane(), port.own(), port.published()));
            }
            table.admit(node, ports.stream().map(Port::own).toList(), published);
            return published;
        } catch (IOException e) {
            relay.dismiss(node);
            throw new DeploymentException(
                    "The links of node '" + node + "' cannot be carried: " + e.getMessage() + ".", e);
        }
    }

    /** Lets a node go that has ended for good; does nothing for one that is not known. */
    public synchronized void dismiss(String node) throws IOException {
        relay.dismiss(node);
        table.dismiss(node);
    }

    @Override
    public void set(String a, String b, Set<Plane> carried, LinkSpec quality) {
        relay.set(a, b, carried, quality);
        relay.set(b, a, carried, quality);
    }

    @Override
    public Traffic traffic(Plane plane, String a, String b) {
        Traffic one = relay.traffic(plane, a, b);
        Traffic other = relay.traffic(plane, b, a);
        return new Traffic(one.passed() + other.passed(), one.cut() + other.cut(), one.lost() + other.lost());
    }

    @Override
    public synchronized Optional<String> enforcement() {
        var failure = relay.failure();
        if (failure.isPresent()) {
            throw new DeploymentException("The relay of the nodes ended: " + failure.get() + ".", null);
        }
        try {
            long past = table.past();
            long ofNobody = relay.ofNobody();
            return Optional.of("the rule of table " + table.name() + " kept " + past
                    + (past == 1 ? " datagram" : " datagrams") + " from going past the relays"
                    + (ofNobody == 0 ? "" : ", which dropped " + ofNobody + " from ports that are no node's"));
        } catch (IOException e) {
            throw new DeploymentException("Nodes may go past their relays: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Ends the relay and deletes its rule; called when all nodes have ended.
     *
     * @throws IOException if the rule cannot be deleted; whoever settles the deployment finds it
     */
    @Override
    public synchronized void close() throws IOException {
        relay.close();
        table.close();
    }
}
