package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.client.TestingClient.ShareFaults;
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

    /** One fault of links or clocks. */
    interface Layer {
        /** Return the nodes it was asked for. */
        List<String> targets();

        default boolean cuts(Link link) {
            return false;
        }

        /** Return what it makes of a link; null if it leaves it as it is. */
        default @Nullable LinkSpec quality(Link link) {
            return null;
        }

        /** Return how far ahead it sets the clock of a node; null if it leaves it as it is. */
        default @Nullable Duration skew(String node) {
            return null;
        }
    }

    /** Cut links. */
    record Cut(List<String> targets, Predicate<Link> which) implements Layer {
        @Override
        public boolean cuts(Link link) {
            return which.test(link);
        }
    }

    /** Change the quality of a link. */
    record Quality(List<String> targets, Link link, LinkSpec spec) implements Layer {
        @Override
        public @Nullable LinkSpec quality(Link other) {
            return link.equals(other) ? spec : null;
        }
    }

    /** Set a clock. */
    record Skew(String node, Duration ahead) implements Layer {
        @Override
        public List<String> targets() {
            return List.of(node);
        }

        @Override
        public @Nullable Duration skew(String other) {
            return node.equals(other) ? ahead : null;
        }
    }

    /** Let a node ignore another one in all that is about blobs. */
    record Block(String node, String peer) implements Layer {
        @Override
        public List<String> targets() {
            return List.of(node, peer);
        }
    }

    /** Let all nodes not give some columns of blobs, or give them wrong. */
    record Shares(SortedSet<Integer> columns, boolean wrong) implements Layer {
        @Override
        public List<String> targets() {
            return List.of();
        }
    }

    /** Put a fault in force; returns its number, from 1. */
    int add(Layer layer) {
        all.add(layer);
        inForce.put(all.size(), layer);
        return all.size();
    }

    /** Find a fault that is or was in force. */
    Layer find(int fault) {
        if (fault < 1 || fault > all.size()) {
            throw new IllegalArgumentException(
                    fault == 0
                            ? "There is nothing to heal: the proof is of no fault of links or clocks."
                            : "no fault " + fault + " in 1 to " + all.size());
        }
        return all.get(fault - 1);
    }

    /** Take a fault away. Does nothing if that was done before. */
    void remove(int fault) {
        inForce.remove(fault);
    }

    void clear() {
        inForce.clear();
    }

    boolean isUp(Link link) {
        return inForce.values().stream().noneMatch(layer -> layer.cuts(link));
    }

    /** List the nodes that have links, all of them cut. */
    List<String> isolated(List<String> nodes) {
        return nodes.stream()
                .filter(node ->
                        !links.of(node).isEmpty() && links.of(node).stream().noneMatch(this::isUp))
                .toList();
    }

    /** Return for each end of a link that is cut the other ends, in the order of the links. */
    Map<String, Set<String>> cutEnds() {
        var ends = new LinkedHashMap<String, Set<String>>();
        for (var link : links.matching(each -> !isUp(each))) {
            ends.computeIfAbsent(link.a(), end -> new LinkedHashSet<>()).add(link.b());
            ends.computeIfAbsent(link.b(), end -> new LinkedHashSet<>()).add(link.a());
        }
        return ends;
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
        var withheld = new TreeSet<Integer>();
        var corrupted = new TreeSet<Integer>();
        for (var layer : inForce.values()) {
            if (layer instanceof Shares shares) {
                (shares.wrong() ? corrupted : withheld).addAll(shares.columns());
            }
        }
        return new ShareFaults(List.copyOf(withheld), List.copyOf(corrupted));
    }

    /** List the blocks of peers in force. */
    List<Block> blocks() {
        return inForce.values().stream()
                .filter(Block.class::isInstance)
                .map(Block.class::cast)
                .toList();
    }

    /** List the nodes that a node should ignore in all that is about blobs. */
    List<String> blockedBy(String node) {
        return inForce.values().stream()
                .filter(layer -> layer instanceof Block block && block.node().equals(node))
                .map(layer -> ((Block) layer).peer())
                .distinct()
                .toList();
    }

    /** List the links that a fault is about, whether it is in force or not. */
    List<Link> touchedBy(Layer layer) {
        return links.matching(link -> layer.cuts(link) || layer.quality(link) != null);
    }

    /** Return those of the given links that end at a node, as its testing port takes them. */
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
