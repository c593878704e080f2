package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.control.Layer.Block;
import org.junitnomos.deploy.control.Layer.Defective;
import org.junitnomos.deploy.control.Layer.Quality;
import org.junitnomos.deploy.control.Layer.Shares;
import org.junitnomos.deploy.control.Layer.Skew;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.TopologySpec;

/**
 * Controls a cluster: stops and starts them as their backend does, and cuts links and skews clocks through
 * their testing ports, which is the same on every backend. Links of nodes without such a port are cut in a relay.
 *
 * <p>Links and clocks stay as they were set when a node is stopped or paused: it gets them again when it is back, so a
 * node that is restarted inside a partition stays inside. Actions of several threads happen one after the other.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ClusterControl implements NodeControl {
    private static final int LAST_COLUMN = 255;

    private final NodeLifecycle lifecycle;
    private final NodeRoster roster;
    private final LinkTable links;
    private final NodeActions actions;
    private final LinkFaults faults;
    private final TurnLock turn;

    /**
     * Controls a cluster whose nodes are running.
     *
     * @param topology what was deployed
     * @param timeline whose time counts
     * @param lifecycle stops and starts the nodes
     * @param listener hears of the states of nodes that are started again
     */
    public ClusterControl(
            TopologySpec topology, Timeline timeline, NodeLifecycle lifecycle, NodeStateListener listener) {
        Objects.requireNonNull(listener, "listener");
        this.lifecycle = Objects.requireNonNull(lifecycle, "lifecycle");
        this.roster = new NodeRoster(lifecycle);
        this.links = new LinkTable(topology);
        var layers = new FaultLayers(topology, links);
        var relay = lifecycle.relay();
        FaultPort port = relay.isPresent()
                ? new RelayPort(timeline, roster, layers, relay.get())
                : new TestingPort(timeline, roster, layers, lifecycle.network());
        port.prepare(links.all());
        this.actions = new NodeActions(timeline, lifecycle, links, layers, port, listener);
        this.faults = new LinkFaults(roster, links, layers, port);
        this.turn = new TurnLock(timeline, "node control");
    }

    /** What is done while no other thread acts. */
    private interface Turn {
        Proof take() throws InterruptedException;
    }

    @Override
    public Proof stop(String node) throws InterruptedException {
        return of(node, () -> actions.stop(node));
    }

    @Override
    public Proof start(String node) throws InterruptedException {
        return of(node, () -> actions.start(node));
    }

    @Override
    public Proof restart(String node) throws InterruptedException {
        return of(node, () -> actions.restart(node));
    }

    @Override
    public Proof kill(String node) throws InterruptedException {
        return of(node, () -> actions.kill(node));
    }

    @Override
    public Proof upgrade(String node, String program) throws InterruptedException {
        Objects.requireNonNull(program, "program");
        require(Capability.UPGRADE);
        return of(node, () -> actions.upgrade(node, program));
    }

    @Override
    public Proof pause(String node) throws InterruptedException {
        return of(node, () -> actions.pause(node));
    }

    @Override
    public Proof resume(String node) throws InterruptedException {
        return of(node, () -> actions.resume(node));
    }

    @Override
    public Proof add(NodeRole role) throws InterruptedException {
        Objects.requireNonNull(role, "role");
        return inTurn(() -> actions.add(role));
    }

    @Override
    public Proof remove(String node) throws InterruptedException {
        return of(node, () -> actions.remove(node));
    }

    @Override
    public Proof partition(List<? extends Collection<String>> groups) throws InterruptedException {
        require(Capability.PARTITION);
        return inTurn(() -> {
            var groupOf = groupOf(groups);
            return faults.cut(
                    List.copyOf(groupOf.keySet()),
                    link -> !Objects.equals(groupOf.get(link.a()), groupOf.get(link.b())));
        });
    }

    @Override
    public Proof isolate(String node) throws InterruptedException {
        require(Capability.PARTITION);
        return of(node, () -> {
            if (links.of(node).isEmpty()) {
                throw new IllegalArgumentException("Node '" + node + "' cannot be isolated: it has no link.");
            }
            return faults.cut(List.of(node), link -> link.touches(node));
        });
    }

    @Override
    public Proof cut(String a, String b) throws InterruptedException {
        require(Capability.PARTITION);
        return of(a, b, () -> {
            var link = links.between(a, b);
            return faults.cut(List.of(a, b), link::equals);
        });
    }

    @Override
    public Proof heal() throws InterruptedException {
        return actions.takesFaults()
                ? first(faults::healAll)
                : new Proof(roster.names(), "no fault of links or clocks was ever in force");
    }

    @Override
    public Proof heal(Proof proof) throws InterruptedException {
        return first(() -> faults.heal(proof.fault()));
    }

    @Override
    public Proof link(String a, String b, LinkSpec link) throws InterruptedException {
        Objects.requireNonNull(link, "link");
        require(link.bandwidth() > 0 ? Capability.BANDWIDTH : Capability.LINK_QUALITY);
        return of(a, b, () -> faults.apply(new Quality(List.of(a, b), links.between(a, b), link)));
    }

    @Override
    public Proof skewClock(String node, Duration ahead) throws InterruptedException {
        Objects.requireNonNull(ahead, "ahead");
        require(Capability.CLOCK_SKEW);
        return of(node, () -> faults.apply(new Skew(node, ahead)));
    }

    @Override
    public Proof withhold(Collection<Integer> columns) throws InterruptedException {
        return breakShares(columns, false);
    }

    @Override
    public Proof corrupt(Collection<Integer> columns) throws InterruptedException {
        return breakShares(columns, true);
    }

    @Override
    public Proof blockPeer(String node, String peer) throws InterruptedException {
        require(Capability.SHARES);
        return of(node, peer, () -> faults.apply(new Block(node, peer)));
    }

    @Override
    public Proof giveDefect(String node, NodeDefect defect) throws InterruptedException {
        Objects.requireNonNull(defect, "defect");
        require(Capability.DEFECTS);
        return of(node, () -> faults.apply(new Defective(node, defect)));
    }

    private Proof breakShares(Collection<Integer> columns, boolean wrong) throws InterruptedException {
        require(Capability.SHARES);
        var chosen = new TreeSet<>(columns);
        if (chosen.isEmpty() || chosen.first() < 0 || chosen.last() > LAST_COLUMN) {
            throw new IllegalArgumentException(
                    "Columns of blobs are at least one, from 0 to " + LAST_COLUMN + ", but were " + chosen + ".");
        }
        return inTurn(() -> faults.apply(new Shares(chosen, wrong)));
    }

    @Override
    public List<String> select(NodeSelector selector) {
        return selector.choose(roster.all()).stream().map(NodeHandle::name).toList();
    }

    /** Numbers the groups; nodes in none of them have no number and so are one group more. */
    private Map<String, Integer> groupOf(List<? extends Collection<String>> groups) {
        var names = roster.names();
        var groupOf = new LinkedHashMap<String, Integer>();
        for (var name : names) {
            for (int i = 0; i < groups.size(); i++) {
                if (groups.get(i).contains(name)
                        && Optional.ofNullable(groupOf.put(name, i)).isPresent()) {
                    throw new IllegalArgumentException("Node '" + name + "' is in more than one group of " + groups);
                }
            }
        }
        groups.forEach(group -> group.forEach(roster::candidate));
        boolean empty = groups.stream().anyMatch(Collection::isEmpty);
        int sides = groups.size() + (groupOf.size() < names.size() ? 1 : 0);
        if (empty || sides < 2) {
            throw new IllegalArgumentException("A partition needs at least two groups of nodes, none of them empty, but"
                    + " was " + groups + " of " + names);
        }
        return groupOf;
    }

    private void require(Capability capability) {
        lifecycle.missing(capability).ifPresent(missing -> {
            throw missing;
        });
    }

    private Proof of(String node, Turn action) throws InterruptedException {
        Objects.requireNonNull(node, "node");
        return inTurn(() -> {
            roster.candidate(node);
            return action.take();
        });
    }

    private Proof of(String a, String b, Turn action) throws InterruptedException {
        return of(a, () -> {
            roster.candidate(Objects.requireNonNull(b, "b"));
            return action.take();
        });
    }

    private Proof inTurn(Turn action) throws InterruptedException {
        turn.acquire();
        return take(action);
    }

    /** Heals come before everything else that waits, or a busy schedule of faults could starve them. */
    private Proof first(Turn action) throws InterruptedException {
        turn.acquireFirst();
        return take(action);
    }

    private Proof take(Turn action) throws InterruptedException {
        try {
            return action.take();
        } finally {
            turn.release();
        }
    }
}
