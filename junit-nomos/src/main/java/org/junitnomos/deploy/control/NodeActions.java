package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeState;

/** Stops and starts nodes through their backend, and watches until it shows. */
final class NodeActions {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_PERIOD = Duration.ofMillis(20);
    private static final Duration PAUSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Timeline timeline;
    private final NodeLifecycle lifecycle;
    private final NodeRoster roster;
    private final LinkTable links;
    private final FaultLayers layers;
    private final FaultPort port;
    private final NodeStateListener listener;

    NodeActions(
            Timeline timeline,
            NodeLifecycle lifecycle,
            LinkTable links,
            FaultLayers layers,
            FaultPort port,
            NodeStateListener listener) {
        this.timeline = timeline;
        this.lifecycle = lifecycle;
        this.roster = new NodeRoster(lifecycle);
        this.links = links;
        this.layers = layers;
        this.port = port;
        this.listener = listener;
    }

    Proof stop(String node) throws InterruptedException {
        requireRunning(node, "stopped");
        return new Proof(List.of(node), stopAndWatch(node));
    }

    Proof kill(String node) throws InterruptedException {
        requireRunning(node, "killed");
        var candidate = roster.candidate(node);
        lifecycle.kill(node);
        return new Proof(List.of(node), watchItRefuse(candidate, "killed"));
    }

    Proof start(String node) throws InterruptedException {
        if (roster.node(node).isRunning()) {
            throw new IllegalStateException("Node '" + node + "' cannot be started: it is running already.");
        }
        return new Proof(List.of(node), startAndWatch(node));
    }

    Proof restart(String node) throws InterruptedException {
        String stopped = roster.node(node).isRunning() ? stopAndWatch(node) : node + " was not running";
        return new Proof(List.of(node), stopped + "; " + startAndWatch(node));
    }

    Proof upgrade(String node, String program) throws InterruptedException {
        var change = lifecycle.upgrade(node, program);
        String stopped = roster.node(node).isRunning() ? stopAndWatch(node) : node + " was not running";
        listener.onUpgrade(node, change.from(), change.to());
        return new Proof(
                List.of(node),
                stopped + "; " + startAndWatch(node) + "; it runs " + change.to() + " in the place of "
                        + change.from());
    }

    Proof pause(String node) throws InterruptedException {
        requireRunning(node, "paused");
        if (roster.node(node).isPaused()) {
            throw new IllegalStateException("Node '" + node + "' cannot be paused: it is paused already.");
        }
        lifecycle.pause(node);
        try {
            return new Proof(List.of(node), watchItFallSilent(node));
        } catch (InterruptedException | RuntimeException e) {
            undo(e, () -> lifecycle.resume(node));
            throw e;
        }
    }

    Proof resume(String node) throws InterruptedException {
        requireRunning(node, "resumed");
        if (!roster.node(node).isPaused()) {
            throw new IllegalStateException("Node '" + node + "' cannot be resumed: it is not paused.");
        }
        lifecycle.resume(node);
        var client = roster.node(node).client();
        await(node, "resumed", "'" + node + "' answers GET /cryptarchia/info", START_LIMIT, () -> {
            client.cryptarchiaInfo();
            return true;
        });
        return new Proof(List.of(node), settle(node));
    }

    Proof add(NodeRole role) throws InterruptedException {
        var added = new AtomicReference<String>();
        try {
            String node = lifecycle
                    .add(role, name -> {
                        added.set(name);
                        links.add(name);
                        port.prepare(links.of(name));
                    })
                    .name();
            new Readiness(timeline, START_LIMIT, listener).await(List.of(roster.candidate(node)), NodeState.API_READY);
            port.introduce(node, links.peersOf(node), lifecycle.peerAddress(node));
            return new Proof(List.of(node), settle(node));
        } catch (InterruptedException | RuntimeException e) {
            String node = added.get();
            if (node != null) {
                links.remove(node);
                if (roster.names().contains(node)) {
                    undo(e, () -> lifecycle.remove(node));
                }
                undo(e, () -> port.forget(node).forEach(e::addSuppressed));
            }
            throw e;
        }
    }

    Proof remove(String node) throws InterruptedException {
        var candidate = roster.candidate(node);
        if (roster.all().size() == 1) {
            throw new IllegalStateException("Node '" + node + "' cannot be removed: it is the only one.");
        }
        lifecycle.remove(node);
        links.remove(node);
        String refuses = watchItRefuse(candidate, "removed");
        port.forget(node);
        return new Proof(List.of(node), refuses + port.awaitForgotten(node));
    }

    private void requireRunning(String node, String done) {
        if (!roster.node(node).isRunning()) {
            throw new IllegalStateException("Node '" + node + "' cannot be " + done + ": it is not running.");
        }
    }

    /** A paused node has to go on first, or it could not end by itself. */
    private String stopAndWatch(String node) throws InterruptedException {
        var candidate = roster.candidate(node);
        if (candidate.node().isPaused()) {
            lifecycle.resume(node);
        }
        lifecycle.stop(node);
        return watchItRefuse(candidate, "stopped");
    }

    private String watchItRefuse(Readiness.Candidate candidate, String done) throws InterruptedException {
        String node = candidate.node().name();
        await(node, done, "'" + node + "' refuses connections", STOP_LIMIT, () -> !candidate.isPortOpen());
        return node + " refuses connections";
    }

    private String watchItFallSilent(String node) throws InterruptedException {
        var candidate = roster.candidate(node);
        var client = candidate.node().client().withTimeout(SILENCE);
        String silent = "accepts connections but does not answer within " + DurationText.format(SILENCE);
        await(node, "paused", "'" + node + "' " + silent, PAUSE_LIMIT, () -> {
            try {
                client.cryptarchiaInfo();
                return false;
            } catch (NodeApiException e) {
                return e.kind() == NodeApiException.Kind.TIMEOUT && candidate.isPortOpen();
            }
        });
        return node + " " + silent;
    }

    private String startAndWatch(String node) throws InterruptedException {
        lifecycle.start(node);
        new Readiness(timeline, START_LIMIT, listener).await(List.of(roster.candidate(node)), NodeState.API_READY);
        return settle(node);
    }

    /** Whether there are faults of links and clocks that nodes take, or that can be put between them. */
    boolean takesFaults() {
        return Stream.of(
                        Capability.PARTITION,
                        Capability.LINK_QUALITY,
                        Capability.CLOCK_SKEW,
                        Capability.SHARES,
                        Capability.DEFECTS)
                .anyMatch(fault -> lifecycle.missing(fault).isEmpty());
    }

    /** Brings peers, clock and links of a node that answers to what they should be, and says how it stands then. */
    private String settle(String node) throws InterruptedException {
        if (!takesFaults()) {
            listener.onState(node, NodeState.READY, true, "GET /cryptarchia/info answered 200");
            return node + " answers GET /cryptarchia/info";
        }
        port.correctPeers(node, links.peersOf(node), lifecycle);
        port.applySkew(node);
        port.applyLinks(links.of(node));
        if (!layers.shares().withheld().isEmpty()
                || !layers.shares().corrupted().isEmpty()) {
            port.applyShares(node);
        }
        if (!layers.defects(node).isEmpty()) {
            port.applyDefects(node);
        }
        for (var peer : layers.blockedBy(node)) {
            port.applyBlock(node, peer);
        }
        try {
            CryptarchiaInfo info = roster.node(node).client().cryptarchiaInfo();
            int connectable = connectablePeers(node);
            int peers = port.peers(node, connectable);
            listener.onState(node, NodeState.READY, true, "connected with " + peers + " of " + connectable + " peers");
            return node + " answers GET /cryptarchia/info: height " + info.height() + ", and is connected with " + peers
                    + " of its " + links.of(node).size() + " peers";
        } catch (NodeApiException e) {
            throw new DeploymentException("Node '" + node + "' was started but: " + e.getMessage(), e);
        }
    }

    /** Counts the peers that answer behind a link that is up: those the node was just seen connected with. */
    private int connectablePeers(String node) {
        return (int) links.of(node).stream()
                .filter(link -> layers.isUp(link) && NodeRoster.isAwake(roster.node(link.other(node))))
                .count();
    }

    private void await(String node, String done, String description, Duration limit, Callable<Boolean> condition)
            throws InterruptedException {
        try {
            new PollLoop(timeline, description, STOP_PERIOD, limit).untilTrue(condition);
        } catch (PollTimeoutException e) {
            throw new DeploymentException("Node '" + node + "' was " + done + " but: " + e.getMessage(), e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeploymentException("Node '" + node + "' was " + done + " but cannot be watched: " + e, e);
        }
    }

    private interface Undo {
        void run() throws InterruptedException;
    }

    private static void undo(Throwable failure, Undo undo) {
        try {
            undo.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
