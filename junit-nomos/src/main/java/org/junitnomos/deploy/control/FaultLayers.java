package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.client.TestingClient.ShareFaults;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * What every link and clock should be like now, whether its nodes are running or not: as deployed, under the layers of
 * all faults in force. Not thread-safe.
 *
 * <p>Links are cut by rules, not by lists, so that the links of a node that is added later fall under them too.
 */
final class FaultLayers {
    private final TopologySpec topology;
    private final LinkTable links;
    private final List<Layer> all = new ArrayList<>();
    private final Map<Integer, Layer> inForce = new TreeMap<>();

    FaultLayers(TopologySpec topology, LinkTable links) {
        this.topology = topology;
        this.links = links;
    }

    /** Puts a fault in force; returns its number, from 1. */
    int add(Layer layer) {
        all.add(layer);
        inForce.put(all.size(), layer);
        return all.size();
    }

    /** Finds a fault that is or was in force. */
    Layer find(int fault) {
        if (fault < 1 || fault > all.size()) {
            throw new IllegalArgumentException(
                    fault == 0
                            ? "There is nothing to heal: the proof is of no fault of links or clocks."
                            : "no fault " + fault + " in 1 to " + all.size());
        }
        return all.get(fault - 1);
    }

    /** Takes a fault away. Does nothing if that was done before. */
    void remove(int fault) {
        inForce.remove(fault);
    }

    void clear() {
        inForce.clear();
    }

    boolean isUp(Link link) {
        return inForce.values().stream().noneMatch(layer -> layer.cuts(link));
    }

    /** Lists the nodes that have links, all of them cut. */
    List<String> isolated(List<String> nodes) {
        if (inForce.isEmpty()) {
            return List.of(); // there may be many links, and each join asks
        }
        return nodes.stream()
                .filter(node ->
                        !links.of(node).isEmpty() && links.of(node).stream().noneMatch(this::isUp))
                .toList();
    }

    /** Returns for each end of a link that is cut the other ends, in the order of the links. */
    Map<String, Set<String>> cutEnds() {
        var ends = new LinkedHashMap<String, Set<String>>();
        if (inForce.isEmpty()) {
            return ends;
        }
        for (var link : links.matching(each -> !isUp(each))) {
            ends.computeIfAbsent(link.a(), end -> new LinkedHashSet<>()).add(link.b());
            ends.computeIfAbsent(link.b(), end -> new LinkedHashSet<>()).add(link.a());
        }
        return ends;
    }

    /** Lists the pairs of nodes without a link; faults that cut by a rule cut these, too. */
    List<Link> unlinked() {
        return links.unlinked();
    }

    LinkSpec quality(Link link) {
        LinkSpec latest = topology.links();
        for (var layer : inForce.values()) {
            var quality = layer.quality(link);
            latest = quality == null ? latest : quality;
        }
        return latest;
    }

    Duration skew(String node) {
        Duration latest = topology.clockSkews().getOrDefault(node, Duration.ZERO);
        for (var layer : inForce.values()) {
            var skew = layer.skew(node);
            latest = skew == null ? latest : skew;
        }
        return latest;
    }

    /** What all nodes should do with shares. */
    ShareFaults shares() {
        return new ShareFaults(columns(false), columns(true));
    }

    private List<Integer> columns(boolean wrong) {
        var columns = new TreeSet<Integer>();
        inForce.values().forEach(layer -> columns.addAll(layer.columns(wrong)));
        return List.copyOf(columns);
    }

    /** Lists the defects that a node should have. */
    List<NodeDefect> defects(String node) {
        var defects = EnumSet.noneOf(NodeDefect.class);
        inForce.values().forEach(layer -> defects.addAll(layer.defects(node)));
        return List.copyOf(defects);
    }

    /** Lists the blocks of peers in force. */
    List<Layer.Block> blocks() {
        return inForce.values().stream()
                .flatMap(layer -> layer.blocks().stream())
                .toList();
    }

    /** Lists the nodes that a node should ignore in all that is about blobs. */
    List<String> blockedBy(String node) {
        return blocks().stream()
                .filter(block -> block.node().equals(node))
                .map(Layer.Block::peer)
                .distinct()
                .toList();
    }

    /** Lists the links that a fault is about, whether it is in force or not. */
    List<Link> touchedBy(Layer layer) {
        return links.matching(link -> layer.cuts(link) || layer.quality(link) != null);
    }

    /** Returns those of the given links that end at a node, as its testing port takes them. */
    List<PeerLink> changesFor(String node, Collection<Link> changed) {
        var changes = new ArrayList<PeerLink>();
        for (var link : changed) {
            if (link.touches(node)) {
                changes.add(new PeerLink(link.other(node), isUp(link), null, quality(link)));
            }
        }
        return changes;
    }
}
