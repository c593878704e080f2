package org.junitnomos.deploy.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junitnomos.client.TestingClient.ShareFaults;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.control.FaultLayers.Block;
import org.junitnomos.deploy.control.FaultLayers.Cut;
import org.junitnomos.deploy.control.FaultLayers.Layer;
import org.junitnomos.deploy.control.FaultLayers.Quality;
import org.junitnomos.deploy.control.FaultLayers.Shares;
import org.junitnomos.deploy.control.FaultLayers.Skew;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.LinkSpec;

/** Puts faults of links and clocks in force, takes them away, and says what was read back from the nodes. */
final class LinkFaults {
    private static final ShareFaults NO_SHARES = new ShareFaults(List.of(), List.of());

    private final NodeRoster roster;
    private final LinkTable links;
    private final FaultLayers layers;
    private final FaultPort port;

    LinkFaults(NodeRoster roster, LinkTable links, FaultLayers layers, FaultPort port) {
        this.roster = roster;
        this.links = links;
        this.layers = layers;
        this.port = port;
    }

    /** Put a fault in force; if that cannot be proven, take it away again and throw. */
    Proof apply(Layer layer) throws InterruptedException {
        int fault = layers.add(layer);
        try {
            var network = prove(layer);
            return new Proof(fault, layer.targets(), observed(layer) + suffix(network));
        } catch (InterruptedException | RuntimeException e) {
            layers.remove(fault);
            if (layer instanceof Block block) {
                undo(block, e);
            }
            if (layer instanceof Shares) {
                port.restoreShares().forEach(e::addSuppressed);
            }
            port.restore(layers.touchedBy(layer), layer.targets()).forEach(e::addSuppressed);
            throw e;
        }
    }

    private void undo(Block block, Exception failure) {
        try {
            port.applyBlock(block.node(), block.peer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Say what is to be said of the network, after what the nodes report. */
    private static String suffix(Optional<String> network) {
        return network.map(text -> "; " + text).orElse("");
    }

    private Optional<String> prove(Layer layer) throws InterruptedException {
        if (layer instanceof Skew skew) {
            port.applySkew(skew.node());
        } else if (layer instanceof Shares) {
            applyShares();
        } else if (layer instanceof Block block) {
            port.applyBlock(block.node(), block.peer());
        } else {
            return port.applyLinks(layers.touchedBy(layer));
        }
        return Optional.empty();
    }

    private void applyShares() throws InterruptedException {
        for (var node : roster.names()) {
            port.applyShares(node);
        }
    }

    /** A node that was removed needs no healing. */
    private void applyBlock(Block block) throws InterruptedException {
        if (roster.names().contains(block.node())) {
            port.applyBlock(block.node(), block.peer());
        }
    }

    private String observedBlock(Block block) {
        boolean there = roster.names().contains(block.node())
                && roster.node(block.node()).isRunning();
        return block.node()
                + (there ? " reports " : " does not run and will report ")
                + block.peer()
                + (layers.blockedBy(block.node()).contains(block.peer()) ? " as blocked" : " as not blocked");
    }

    private String observedShares() {
        var shares = layers.shares();
        return "every running node reports that it withholds columns " + shares.withheld() + " and corrupts columns "
                + shares.corrupted();
    }

    private String observed(Layer layer) {
        if (layer instanceof Shares) {
            return observedShares();
        }
        if (layer instanceof Block block) {
            return observedBlock(block);
        }
        if (layer instanceof Skew skew) {
            return observedClock(skew.node());
        }
        var touched = layers.touchedBy(layer);
        if (layer instanceof Quality quality) {
            return observedAtEnds(touched, text(quality.spec()), text(quality.spec()));
        }
        return observedAtEnds(touched, "down", "down");
    }

    /** Take one fault away; others stay in force. Proves what is left, also if it was taken away before. */
    Proof heal(int fault) throws InterruptedException {
        var layer = layers.find(fault);
        layers.remove(fault);
        if (layer instanceof Skew skew) {
            boolean there = roster.names().contains(skew.node());
            if (there) {
                port.applySkew(skew.node());
            }
            return new Proof(layer.targets(), there ? observedClock(skew.node()) : skew.node() + " was removed");
        }
        if (layer instanceof Shares) {
            applyShares();
            return new Proof(layer.targets(), observedShares());
        }
        if (layer instanceof Block block) {
            applyBlock(block);
            return new Proof(layer.targets(), observedBlock(block));
        }
        var touched = layers.touchedBy(layer);
        var network = port.applyLinks(touched);
        if (layer instanceof Quality quality) {
            String now = text(layers.quality(quality.link()));
            return new Proof(layer.targets(), observedAtEnds(touched, now, now));
        }
        var up = touched.stream().filter(layers::isUp).toList();
        var down = touched.stream().filter(link -> !layers.isUp(link)).toList();
        var parts = new ArrayList<String>();
        if (!up.isEmpty() || down.isEmpty()) {
            parts.add(observedAtEnds(up, "connected", "up"));
        }
        if (!down.isEmpty()) {
            parts.add(observedAtEnds(down, "kept down by another fault", "kept down by another fault"));
        }
        return new Proof(layer.targets(), String.join("; ", parts) + suffix(network));
    }

    Proof healAll() throws InterruptedException {
        boolean broken = !layers.shares().equals(NO_SHARES);
        var blocks = layers.blocks();
        layers.clear();
        for (var block : blocks) {
            applyBlock(block);
        }
        if (broken) {
            applyShares();
        }
        var network = port.applyLinks(links.all());
        for (var node : roster.names()) {
            port.applySkew(node);
        }
        return new Proof(
                roster.names(),
                observedAtEnds(links.all(), "connected with their original quality", "up")
                        + "; every clock is as deployed" + suffix(network));
    }

    private String observedClock(String node) {
        var handle = roster.node(node);
        String reports = !handle.isRunning()
                ? " is stopped and will start with"
                : handle.isPaused() ? " is paused and will go on with" : " reports";
        return node + reports + " a clock skew of " + DurationText.format(layers.skew(node));
    }

    private static String text(LinkSpec link) {
        return "with latency " + DurationText.format(link.latency()) + ", jitter " + DurationText.format(link.jitter())
                + ", loss " + link.lossPerMille() + " per mille"
                + (link.bandwidth() == 0 ? "" : ", bandwidth " + link.bandwidth() + " bytes per second");
    }

    /** Say what was read back; which ends were silent because their node does not answer; for one link or several. */
    private String observedAtEnds(List<Link> observed, String state, String stateWhileSilent) {
        if (observed.isEmpty()) {
            return "there is no link";
        }
        var stopped = ends(observed, node -> !node.isRunning());
        var paused = ends(observed, NodeHandle::isPaused);
        String count = observed.size() + (observed.size() == 1 ? " link " : " links ");
        if (stopped.isEmpty() && paused.isEmpty()) {
            return count + state + " at both ends: " + observed;
        }
        return count + stateWhileSilent + " at every running end: " + observed
                + (stopped.isEmpty() ? "" : "; stopped, follow at their start: " + stopped)
                + (paused.isEmpty() ? "" : "; paused, follow when they go on: " + paused);
    }

    private List<String> ends(List<Link> observed, Predicate<NodeHandle> which) {
        return roster.all().stream()
                .filter(node -> which.test(node) && observed.stream().anyMatch(link -> link.touches(node.name())))
                .map(NodeHandle::name)
                .toList();
    }

    /** Cut all links of a kind. */
    Proof cut(List<String> targets, Predicate<Link> which) throws InterruptedException {
        return apply(new Cut(targets, which));
    }
}
