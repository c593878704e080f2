package org.junitnomos.deploy.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junitnomos.client.TestingClient.ShareFaults;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.deploy.control.LinkTable.Link;

/** Puts faults of links, clocks and shares in force, takes them away, and proves it. */
final class LinkFaults {
    private static final ShareFaults NO_SHARES = new ShareFaults(List.of(), List.of());

    private final NodeRoster roster;
    private final LinkTable links;
    private final FaultLayers layers;
    private final FaultPort port;
    private final FaultTexts texts;

    LinkFaults(NodeRoster roster, LinkTable links, FaultLayers layers, FaultPort port) {
        this.roster = roster;
        this.links = links;
        this.layers = layers;
        this.port = port;
        this.texts = new FaultTexts(roster, layers, port.place());
    }

    /** Puts a fault in force; if that cannot be proven, takes it away again and throws. */
    Proof apply(Layer layer) throws InterruptedException {
        int fault = layers.add(layer);
        var touched = layers.touchedBy(layer);
        try {
            var network = layer.settle(port, touched);
            return new Proof(fault, layer.targets(), layer.observed(texts, touched) + suffix(network));
        } catch (InterruptedException | RuntimeException e) {
            layers.remove(fault);
            layer.undo(port).forEach(e::addSuppressed);
            port.restore(touched, layer.targets()).forEach(e::addSuppressed);
            throw e;
        }
    }

    /** Takes one fault away; others stay in force. Proves what is left, also if it was taken away before. */
    Proof heal(int fault) throws InterruptedException {
        var layer = layers.find(fault);
        layers.remove(fault);
        var touched = layers.touchedBy(layer);
        var network = layer.settle(port, touched);
        return new Proof(layer.targets(), layer.healed(texts, touched) + suffix(network));
    }

    Proof healAll() throws InterruptedException {
        boolean broken = !layers.shares().equals(NO_SHARES);
        var blocks = layers.blocks();
        var defective = roster.names().stream()
                .filter(node -> !layers.defects(node).isEmpty())
                .toList();
        layers.clear();
        for (var node : defective) {
            port.applyDefects(node);
        }
        for (var block : blocks) {
            block.settle(port, List.of());
        }
        if (broken) {
            port.applyShares();
        }
        var network = port.applyLinks(links.all());
        for (var node : roster.names()) {
            port.applySkew(node);
        }
        return new Proof(
                roster.names(),
                texts.ofLinks(links.all(), "connected with their original quality", "up")
                        + "; every clock is as deployed" + suffix(network));
    }

    /** Says what is to be said of the network, after what the nodes report. */
    private static String suffix(Optional<String> network) {
        return network.map(text -> "; " + text).orElse("");
    }

    /** Cuts all links of a kind. */
    Proof cut(List<String> targets, Predicate<Link> which) throws InterruptedException {
        return apply(new Layer.Cut(targets, which));
    }
}
