package org.junitnomos.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junitnomos.client.DevControl.PeerLink;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** What every link of the cluster should be like now, whether its nodes are running or not. Not thread-safe. */
final class LinkTable {
    private final TopologySpec topology;
    private final Map<Link, State> states = new LinkedHashMap<>();

    LinkTable(TopologySpec topology) {
        this.topology = topology;
        List<NodeSpec> nodes = topology.nodes();
        for (var node : nodes) {
            for (int peer : topology.layout().peersOf(node.index(), nodes.size())) {
                if (peer > node.index()) {
                    states.put(new Link(node.name(), nodes.get(peer).name()), original());
                }
            }
        }
    }

    /** A link of the layout; {@code a} comes first in the order of the nodes. */
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

    /** Whether a link is up, and how good it is. */
    record State(boolean up, LinkSpec quality) {}

    List<Link> all() {
        return List.copyOf(states.keySet());
    }

    List<Link> matching(Predicate<Link> condition) {
        return states.keySet().stream().filter(condition).toList();
    }

    List<Link> of(String node) {
        return matching(link -> link.touches(node));
    }

    Link between(String a, String b) {
        return matching(link -> link.touches(a) && link.other(a).equals(b)).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nodes '" + a + "' and '" + b
                        + "' have no link in layout " + topology.layout() + "; '" + a + "' is linked with "
                        + of(a).stream().map(link -> link.other(a)).toList() + "."));
    }

    State state(Link link) {
        State state = states.get(link);
        if (state == null) {
            throw new IllegalStateException("no link " + link);
        }
        return state;
    }

    void cut(Collection<Link> links) {
        links.forEach(link -> states.put(link, new State(false, state(link).quality())));
    }

    void set(Link link, LinkSpec quality) {
        states.put(link, new State(state(link).up(), quality));
    }

    void reset() {
        states.replaceAll((link, state) -> original());
    }

    private State original() {
        return new State(true, topology.links());
    }

    /** Return those of the given links that end at a node, as its testing port takes them. */
    List<PeerLink> changesFor(String node, Collection<Link> links) {
        var changes = new ArrayList<PeerLink>();
        for (var link : links) {
            if (link.touches(node)) {
                var state = state(link);
                changes.add(new PeerLink(link.other(node), state.up(), null, state.quality()));
            }
        }
        return changes;
    }
}
