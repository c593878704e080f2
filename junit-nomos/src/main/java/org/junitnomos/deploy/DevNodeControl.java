package org.junitnomos.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.LinkTable.Link;
import org.junitnomos.internal.DurationText;
import org.junitnomos.internal.PollLoop;
import org.junitnomos.internal.PollTimeoutException;
import org.junitnomos.internal.Timeline;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/**
 * Control a cluster of dev nodes: stop and start them as their backend does, and cut links and skew clocks through
 * their testing ports, which is the same on every backend.
 *
 * <p>Links and clocks stay as they were set when a node is stopped: it gets them again at its start, so a node that is
 * restarted inside a partition stays inside. Actions of several threads happen one after the other.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DevNodeControl implements NodeControl {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_PERIOD = Duration.ofMillis(20);

    private final TopologySpec topology;
    private final Timeline timeline;
    private final NodeLifecycle lifecycle;
    private final NodeStateListener listener;
    private final Map<String, Readiness.Candidate> candidates = new LinkedHashMap<>();
    private final Map<String, Duration> skews = new LinkedHashMap<>();
    private final LinkTable table;
    private final FaultPort faults;
    private final TurnLock turn;

    /**
     * Control a cluster whose nodes are running.
     *
     * @param topology what was deployed
     * @param timeline whose time counts
     * @param lifecycle stops and starts the nodes
     * @param listener hears of the states of nodes that are started again
     */
    public DevNodeControl(
            TopologySpec topology, Timeline timeline, NodeLifecycle lifecycle, NodeStateListener listener) {
        this.topology = Objects.requireNonNull(topology, "topology");
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        this.lifecycle = Objects.requireNonNull(lifecycle, "lifecycle");
        this.listener = Objects.requireNonNull(listener, "listener");
        var nodes = new ArrayList<NodeHandle>();
        for (var candidate : lifecycle.candidates()) {
            nodes.add(candidate.node());
            candidates.put(candidate.node().name(), candidate);
        }
        this.table = new LinkTable(topology);
        this.faults = new FaultPort(timeline, nodes, table);
        this.turn = new TurnLock(timeline, "node control");
        resetSkews();
    }

    private void resetSkews() {
        candidates
                .keySet()
                .forEach(name -> skews.put(name, topology.clockSkews().getOrDefault(name, Duration.ZERO)));
    }

    @Override
    public Proof stop(String node) throws InterruptedException {
        var candidate = candidate(node);
        return inTurn(() -> {
            if (!candidate.node().isRunning()) {
                throw new IllegalStateException("Node '" + node + "' cannot be stopped: it is not running.");
            }
            return new Proof(List.of(node), stopAndWatch(candidate));
        });
    }

    @Override
    public Proof start(String node) throws InterruptedException {
        var candidate = candidate(node);
        return inTurn(() -> {
            if (candidate.node().isRunning()) {
                throw new IllegalStateException("Node '" + node + "' cannot be started: it is running already.");
            }
            return new Proof(List.of(node), startAndWatch(candidate));
        });
    }

    @Override
    public Proof restart(String node) throws InterruptedException {
        var candidate = candidate(node);
        return inTurn(() -> {
            String stopped = candidate.node().isRunning() ? stopAndWatch(candidate) : node + " was not running";
            return new Proof(List.of(node), stopped + "; " + startAndWatch(candidate));
        });
    }

    @Override
    public Proof kill(String node) throws InterruptedException {
        candidate(node);
        return inTurn(() -> {
            lifecycle.kill(node);
            return new Proof(List.of(node), node + " refuses connections");
        });
    }

    @Override
    public Proof pause(String node) throws InterruptedException {
        candidate(node);
        return inTurn(() -> {
            lifecycle.pause(node);
            return new Proof(List.of(node), node + " does not answer");
        });
    }

    @Override
    public Proof resume(String node) throws InterruptedException {
        candidate(node);
        return inTurn(() -> {
            lifecycle.resume(node);
            return new Proof(List.of(node), node + " answers again");
        });
    }

    @Override
    public Proof add(NodeRole role) throws InterruptedException {
        return inTurn(() -> {
            var added = lifecycle.add(role);
            return new Proof(List.of(added.name()), added.name() + " was added");
        });
    }

    @Override
    public Proof remove(String node) throws InterruptedException {
        candidate(node);
        return inTurn(() -> {
            lifecycle.remove(node);
            return new Proof(List.of(node), node + " refuses connections");
        });
    }

    @Override
    public Proof cut(String a, String b) throws InterruptedException {
        candidate(a);
        candidate(b);
        var link = table.between(a, b);
        return inTurn(() -> cut(List.of(a, b), List.of(link)));
    }

    @Override
    public Proof heal(Proof proof) throws InterruptedException {
        return heal();
    }

    @Override
    public List<String> select(NodeSelector selector) {
        List<NodeHandle> nodes = new ArrayList<>();
        lifecycle.candidates().forEach(candidate -> nodes.add(candidate.node()));
        return selector.choose(nodes).stream().map(NodeHandle::name).toList();
    }

    @Override
    public Proof partition(List<? extends Collection<String>> groups) throws InterruptedException {
        var groupOf = groupOf(groups);
        return inTurn(() -> cut(
                List.copyOf(groupOf.keySet()),
                table.matching(link -> !Objects.equals(groupOf.get(link.a()), groupOf.get(link.b())))));
    }

    @Override
    public Proof isolate(String node) throws InterruptedException {
        candidate(node);
        var links = table.of(node);
        if (links.isEmpty()) {
            throw new IllegalArgumentException("Node '" + node + "' cannot be isolated: it has no link.");
        }
        return inTurn(() -> cut(List.of(node), links));
    }

    @Override
    public Proof heal() throws InterruptedException {
        return inTurn(() -> {
            table.reset();
            resetSkews();
            faults.applyLinks(table.all());
            for (var skew : skews.entrySet()) {
                faults.applySkew(skew.getKey(), skew.getValue());
            }
            return new Proof(
                    List.copyOf(candidates.keySet()),
                    observedAtEnds(table.all(), "connected with their original quality", "up")
                            + "; every clock is as deployed");
        });
    }

    @Override
    public Proof link(String a, String b, LinkSpec link) throws InterruptedException {
        candidate(a);
        candidate(b);
        Objects.requireNonNull(link, "link");
        var changed = table.between(a, b);
        return inTurn(() -> {
            table.set(changed, link);
            faults.applyLinks(List.of(changed));
            String quality = "with latency " + DurationText.format(link.latency()) + ", jitter "
                    + DurationText.format(link.jitter()) + ", loss " + link.lossPerMille() + " per mille";
            return new Proof(List.of(a, b), observedAtEnds(List.of(changed), quality, quality));
        });
    }

    @Override
    public Proof skewClock(String node, Duration ahead) throws InterruptedException {
        var candidate = candidate(node);
        Objects.requireNonNull(ahead, "ahead");
        return inTurn(() -> {
            skews.put(node, ahead);
            faults.applySkew(node, ahead);
            return new Proof(
                    List.of(node),
                    node + (candidate.node().isRunning() ? " reports" : " is stopped and will start with")
                            + " a clock skew of " + DurationText.format(ahead));
        });
    }

    private Proof cut(List<String> targets, List<Link> links) throws InterruptedException {
        table.cut(links);
        faults.applyLinks(links);
        return new Proof(targets, observedAtEnds(links, "down", "down"));
    }

    /** Say what was read back; which ends were silent because their node is stopped; for one link or several. */
    private String observedAtEnds(List<Link> links, String state, String stateWhileStopped) {
        if (links.isEmpty()) {
            return "there is no link";
        }
        var stopped = candidates.values().stream()
                .map(Readiness.Candidate::node)
                .filter(node -> !node.isRunning() && links.stream().anyMatch(link -> link.touches(node.name())))
                .map(NodeHandle::name)
                .toList();
        String all = links.size() + (links.size() == 1 ? " link " : " links ") + stateWhileStopped;
        return stopped.isEmpty()
                ? links.size() + (links.size() == 1 ? " link " : " links ") + state + " at both ends: " + links
                : all + " at every running end: " + links + "; stopped, follow at their start: " + stopped;
    }

    private String stopAndWatch(Readiness.Candidate candidate) throws InterruptedException {
        String name = candidate.node().name();
        lifecycle.stop(name);
        try {
            new PollLoop(timeline, "'" + name + "' refuses connections", STOP_PERIOD, STOP_LIMIT)
                    .untilTrue(() -> !candidate.isPortOpen());
        } catch (PollTimeoutException e) {
            throw new DeploymentException("Node '" + name + "' was stopped but: " + e.getMessage(), e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeploymentException("Node '" + name + "' was stopped but cannot be watched: " + e, e);
        }
        return name + " refuses connections";
    }

    private String startAndWatch(Readiness.Candidate candidate) throws InterruptedException {
        String name = candidate.node().name();
        lifecycle.start(name);
        var readiness = new Readiness(timeline, START_LIMIT, listener);
        readiness.await(List.of(candidate), NodeState.API_READY);
        faults.applySkew(name, skew(name));
        faults.applyLinks(table.of(name));
        try {
            CryptarchiaInfo info = candidate.node().client().cryptarchiaInfo();
            int peers = connectablePeers(name);
            listener.onState(name, NodeState.READY, true, "connected with " + peers + " of " + peers + " peers");
            return name + " answers GET /cryptarchia/info: height " + info.height() + ", and is connected with " + peers
                    + " of its " + table.of(name).size() + " peers";
        } catch (NodeApiException e) {
            throw new DeploymentException("Node '" + name + "' was started but: " + e.getMessage(), e);
        }
    }

    /** Count the peers that are running behind a link that is up: those the node was just seen connected with. */
    private int connectablePeers(String node) {
        return (int) table.of(node).stream()
                .filter(link -> table.state(link).up()
                        && candidate(link.other(node)).node().isRunning())
                .count();
    }

    private Duration skew(String node) {
        return skews.getOrDefault(node, Duration.ZERO);
    }

    private Readiness.Candidate candidate(String node) {
        var candidate = candidates.get(Objects.requireNonNull(node, "node"));
        if (candidate == null) {
            throw new IllegalArgumentException("no node '" + node + "' in " + candidates.keySet());
        }
        return candidate;
    }

    /** Number the groups; nodes in none of them have no number and so are one group more. */
    private Map<String, Integer> groupOf(List<? extends Collection<String>> groups) {
        var groupOf = new LinkedHashMap<String, Integer>();
        for (var name : candidates.keySet()) {
            for (int i = 0; i < groups.size(); i++) {
                if (groups.get(i).contains(name)
                        && Optional.ofNullable(groupOf.put(name, i)).isPresent()) {
                    throw new IllegalArgumentException("Node '" + name + "' is in more than one group of " + groups);
                }
            }
        }
        groups.forEach(group -> group.forEach(this::candidate));
        boolean empty = groups.stream().anyMatch(Collection::isEmpty);
        int sides = groups.size() + (groupOf.size() < candidates.size() ? 1 : 0);
        if (empty || sides < 2) {
            throw new IllegalArgumentException("A partition needs at least two groups of nodes, none of them empty, but"
                    + " was " + groups + " of " + candidates.keySet());
        }
        return groupOf;
    }

    private Proof inTurn(Callable<Proof> action) throws InterruptedException {
        turn.acquire();
        try {
            return action.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeploymentException("The action failed: " + e, e);
        } finally {
            turn.release();
        }
    }
}
