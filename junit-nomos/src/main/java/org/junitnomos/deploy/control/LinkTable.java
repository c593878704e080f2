package org.junitnomos.deploy.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Knows which nodes are linked: those of the layout, and with all others those that were added. Not thread-safe. */
final class LinkTable {
    private final String layout;
    private final Set<String> nodes = new LinkedHashSet<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private final Map<String, Set<Link>> byEnd = new HashMap<>();

    LinkTable(TopologySpec topology) {
        this.layout = topology.layout().name();
        List<NodeSpec> declared = topology.nodes();
        for (var node : declared) {
            nodes.add(node.name());
            for (int peer : topology.layout().peersOf(node.index(), declared.size())) {
                if (peer > node.index()) {
                    link(new Link(node.name(), declared.get(peer).name()));
                }
            }
        }
    }

    /** A link; {@code a} comes first in the order of the nodes. */
    record Link(String a, String b) {
        boolean touches(String node) {
            return a.equals(node) || b.equals(node);
        }

        String other(String node) {
            return a.equals(node) ? b : a;
        }

        @Override
        public String toString() {
            return a + " <-> " + b;
        }
    }

    /** Takes in a node, linked with all others. */
    void add(String node) {
        nodes.forEach(other -> link(new Link(other, node)));
        nodes.add(node);
    }

    private void link(Link link) {
        links.add(link);
        atEnd(link.a()).add(link);
        atEnd(link.b()).add(link);
    }

    private Set<Link> atEnd(String node) {
        return byEnd.computeIfAbsent(node, end -> new LinkedHashSet<>());
    }

    void remove(String node) {
        nodes.remove(node);
        for (var link : of(node)) {
            links.remove(link);
            atEnd(link.other(node)).remove(link);
        }
        byEnd.remove(node);
    }

    List<Link> all() {
        return List.copyOf(links);
    }

    /** Lists the pairs of nodes without a link, as links are written. */
    List<Link> unlinked() {
        var pairs = new ArrayList<Link>();
        var before = new ArrayList<String>();
        for (String node : nodes) {
            for (String other : before) {
                var pair = new Link(other, node);
                if (!links.contains(pair)) {
                    pairs.add(pair);
                }
            }
            before.add(node);
        }
        return pairs;
    }

    List<Link> matching(Predicate<Link> condition) {
        return links.stream().filter(condition).toList();
    }

    List<Link> of(String node) {
        return List.copyOf(byEnd.getOrDefault(node, Set.of()));
    }

    /** Names the nodes that a node is linked with. */
    List<String> peersOf(String node) {
        var peers = new ArrayList<String>();
        of(node).forEach(link -> peers.add(link.other(node)));
        return peers;
    }

    Link between(String a, String b) {
        return of(a).stream()
                .filter(link -> link.other(a).equals(b))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nodes '" + a + "' and '" + b
                        + "' have no link in layout " + layout + "; '" + a + "' is linked with " + peersOf(a) + "."));
    }
}
