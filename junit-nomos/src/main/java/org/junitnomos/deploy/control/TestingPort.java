package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junitnomos.client.BlobClient;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient;
import org.junitnomos.client.TestingClient.Peer;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.LinkSpec;

/**
 * Brings links and clocks of running nodes to what they should be, through their testing ports, and reads them back.
 */
final class TestingPort implements FaultPort {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Timeline timeline;
    private final NodeRoster roster;
    private final FaultLayers layers;
    private final NetworkCuts network;

    TestingPort(Timeline timeline, NodeRoster roster, FaultLayers layers, PeerNetwork network) {
        this.timeline = timeline;
        this.roster = roster;
        this.layers = layers;
        this.network = new NetworkCuts(roster, layers, network);
    }

    /**
     * Sets the links at each end that is awake, and waits until all of them report the links and agree whether they are
     * connected.
     *
     * @return what was observed of the network under them; empty if there is nothing to tell
     */
    @Override
    public Optional<String> applyLinks(Collection<Link> links) throws InterruptedException {
        network.attach();
        Optional<String> eased = network.ease();
        for (var node : roster.awake()) {
            var changes = layers.changesFor(node.name(), links);
            if (!changes.isEmpty()) {
                attempt("change the links of", node, () -> control(node).setLinks(changes));
            }
        }
        network.detach();
        await("all ends of " + links + " report " + (links.size() == 1 ? "it" : "them") + " as set", () -> {
            for (var node : roster.awake()) {
                String difference = difference(node, links);
                if (!difference.isEmpty()) {
                    return difference;
                }
            }
            return "";
        });
        Optional<String> tightened = network.tighten();
        return tightened.isPresent() ? tightened : eased;
    }

    /** Sets the clock of a node that is awake, and waits until it reports it. */
    @Override
    public void applySkew(String name) throws InterruptedException {
        var found = roster.awake(name);
        if (found.isEmpty()) {
            return;
        }
        var node = found.get();
        var ahead = layers.skew(name);
        attempt("set the clock of", node, () -> control(node).setClockSkew(ahead));
        await("'" + name + "' reports a clock skew of " + DurationText.format(ahead), () -> {
            var skew = NodeRoster.isAwake(node) ? control(node).clockSkew() : ahead;
            return micros(skew) == micros(ahead) ? "" : "'" + name + "' reports " + DurationText.format(skew);
        });
    }

    /** Lets all nodes that are awake give shares as they should, one after the other. */
    @Override
    public void applyShares() throws InterruptedException {
        for (var name : roster.names()) {
            applyShares(name);
        }
    }

    /** Lets a node that is awake give shares as it should, and waits until it reports so. */
    @Override
    public void applyShares(String name) throws InterruptedException {
        var found = roster.awake(name);
        if (found.isEmpty()) {
            return;
        }
        var node = found.get();
        var wanted = layers.shares();
        attempt("break the shares of", node, () -> control(node).setShareFaults(wanted));
        await("'" + name + "' reports broken shares as set", () -> {
            var reported = NodeRoster.isAwake(node) ? control(node).shareFaults() : wanted;
            return reported.equals(wanted) ? "" : "'" + name + "' reports " + reported;
        });
    }

    /** Lets a node that is awake have the defects that it should have, and waits until it reports them. */
    @Override
    public void applyDefects(String name) throws InterruptedException {
        var found = roster.awake(name);
        if (found.isEmpty()) {
            return;
        }
        var node = found.get();
        var wanted = layers.defects(name);
        attempt("set the defects of", node, () -> control(node).setDefects(wanted));
        await("'" + name + "' reports the defects " + wanted, () -> {
            var reported = NodeRoster.isAwake(node) ? control(node).defects() : wanted;
            return reported.equals(wanted) ? "" : "'" + name + "' reports " + reported;
        });
    }

    /** Lets a node have the defects that it should have; returns what failed. */
    @Override
    public List<RuntimeException> restoreDefects(String name) {
        return tryEach(node -> {
            if (node.name().equals(name)) {
                control(node).setDefects(layers.defects(name));
            }
        });
    }

    /**
     * Sets links and clocks of all nodes that can be reached, without looking whether it helps; returns what failed.
     */
    @Override
    public List<RuntimeException> restore(Collection<Link> links, Collection<String> clocks) {
        var failures = new ArrayList<RuntimeException>();
        try {
            network.attach();
            network.ease();
        } catch (DeploymentException e) {
            failures.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failures.addAll(tryEach(node -> {
            var changes = layers.changesFor(node.name(), links);
            if (!changes.isEmpty()) {
                control(node).setLinks(changes);
            }
            if (clocks.contains(node.name())) {
                control(node).setClockSkew(layers.skew(node.name()));
            }
        }));
        return failures;
    }

    /** Sends something to all nodes that answer; returns what failed. */
    private List<RuntimeException> tryEach(Consumer<NodeHandle> request) {
        var failures = new ArrayList<RuntimeException>();
        for (var node : roster.awake()) {
            try {
                request.accept(node);
            } catch (NodeApiException e) {
                failures.add(e);
            }
        }
        return failures;
    }

    /** Lets a node that is awake ignore a peer, or no longer, through its API; waits until it reports so. */
    @Override
    public void applyBlock(String name, String peer) throws InterruptedException {
        var found = roster.awake(name);
        if (found.isEmpty()) {
            return;
        }
        var node = found.get();
        var blobs = node.client().blobs();
        boolean wanted = layers.blockedBy(name).contains(peer);
        attempt("block a peer of", node, () -> {
            String id = peerId(blobs, peer);
            if (wanted) {
                blobs.blockPeer(id);
            } else {
                blobs.unblockPeer(id);
            }
        });
        await("'" + name + "' reports '" + peer + "' " + (wanted ? "blocked" : "not blocked"), () -> {
            boolean reported = NodeRoster.isAwake(node) ? blobs.blockedPeers().contains(peerId(blobs, peer)) : wanted;
            return reported == wanted ? "" : "'" + name + "' reports it " + (reported ? "blocked" : "not blocked");
        });
    }

    /** Lets a node ignore a peer, or no longer, as it should; returns what failed. */
    @Override
    public List<RuntimeException> restoreBlock(String name, String peer) {
        try {
            applyBlock(name, peer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            return List.of(e);
        }
        return List.of();
    }

    private static String peerId(BlobClient blobs, String peer) {
        return blobs.membership(0)
                .findPeer(peer)
                .orElseThrow(() -> new IllegalArgumentException("Node '" + peer
                        + "' is no member of session 0 of data availability, so it cannot be blocked."));
    }

    /** Lets all nodes that can be reached give shares as they should; returns what failed. */
    @Override
    public List<RuntimeException> restoreShares() {
        return tryEach(node -> control(node).setShareFaults(layers.shares()));
    }

    /** Tells all nodes that answer of a node that was added, and with whom it is linked. */
    @Override
    public void introduce(String added, List<String> peers, Optional<String> address) throws InterruptedException {
        var peer = new Peer(added, address.orElse(null));
        for (var node : roster.awake()) {
            if (peers.contains(node.name())) {
                attempt(
                        "introduce '" + added + "' to",
                        node,
                        () -> control(node).addPeers(List.of(peer)));
            }
        }
    }

    /** Tells a node of the peers it does not know, and lets it forget those that are gone. */
    @Override
    public void correctPeers(String name, List<String> peers, NodeLifecycle lifecycle) throws InterruptedException {
        var node = roster.node(name);
        var known = new ArrayList<String>();
        attempt(
                "ask for the links of",
                node,
                () -> known.addAll(
                        control(node).links().stream().map(PeerLink::peer).toList()));
        var missing = new ArrayList<Peer>();
        for (var peer : peers) {
            if (!known.contains(peer)) {
                missing.add(new Peer(peer, lifecycle.peerAddress(peer).orElse(null)));
            }
        }
        attempt("correct the peers of", node, () -> {
            if (!missing.isEmpty()) {
                control(node).addPeers(missing);
            }
            known.stream().filter(peer -> !peers.contains(peer)).forEach(control(node)::removePeer);
        });
    }

    /** Lets all nodes that answer forget a node that is gone; returns what failed. */
    @Override
    public List<RuntimeException> forget(String gone) {
        return tryEach(node -> {
            if (hasLink(node, gone)) {
                control(node).removePeer(gone);
            }
        });
    }

    @Override
    public String awaitForgotten(String gone) throws InterruptedException {
        await("no node has a link to '" + gone + "'", () -> {
            for (var node : roster.awake()) {
                if (hasLink(node, gone)) {
                    return "'" + node.name() + "' has one";
                }
            }
            return "";
        });
        return ", and no node that answers has a link to it";
    }

    @Override
    public int peers(String node, int connectable) {
        return connectable; // as it was just seen
    }

    private static boolean hasLink(NodeHandle node, String peer) {
        return control(node).links().stream().anyMatch(link -> link.peer().equals(peer));
    }

    private static TestingClient control(NodeHandle node) {
        return node.client().devControl();
    }

    private String difference(NodeHandle node, Collection<Link> links) {
        var wanted = layers.changesFor(node.name(), links);
        if (wanted.isEmpty()) {
            return "";
        }
        var reported = control(node).links();
        for (var link : wanted) {
            var actual = reported.stream()
                    .filter(each -> each.peer().equals(link.peer()))
                    .findFirst();
            if (actual.isEmpty() || !isAsWanted(actual.get(), link)) {
                return "'" + node.name() + "' reports "
                        + actual.map(PeerLink::toString).orElse("no link to '" + link.peer() + "'");
            }
        }
        return "";
    }

    /**
     * Also whether it is connected, except to a peer that does not answer: how soon that is noticed is its own matter.
     */
    private boolean isAsWanted(PeerLink actual, PeerLink wanted) {
        boolean peerRuns = NodeRoster.isAwake(roster.node(wanted.peer()));
        return actual.up() == wanted.up()
                && (!peerRuns || Boolean.valueOf(wanted.up()).equals(actual.connected()))
                && isSame(actual.quality(), wanted.quality());
    }

    /** Compares as the wire carries it: in microseconds. */
    private static boolean isSame(LinkSpec actual, LinkSpec wanted) {
        return micros(actual.latency()) == micros(wanted.latency())
                && micros(actual.jitter()) == micros(wanted.jitter())
                && actual.lossPerMille() == wanted.lossPerMille()
                && actual.bandwidth() == wanted.bandwidth();
    }

    private static long micros(Duration duration) {
        return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }

    private void attempt(String what, NodeHandle node, Runnable request) throws InterruptedException {
        var insistence = new Insistence(timeline);
        try {
            insistence.send(request);
        } catch (NodeApiException e) {
            throw new DeploymentException("Cannot " + what + " node '" + node.name() + "': " + insistence.text(e), e);
        }
    }

    private void await(String description, Callable<String> difference) throws InterruptedException {
        try {
            new PollLoop(timeline, description, PERIOD, LIMIT).until(difference, String::isEmpty);
        } catch (PollTimeoutException e) {
            throw new DeploymentException("The fault was not observed in time: " + e.getMessage(), e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeploymentException("The fault was not observed: " + e, e);
        }
    }
}
