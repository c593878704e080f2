package org.junitnomos.expectation;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Tells which nodes of a layout reach each other, beside nodes that are away and links that are cut. */
final class Reach {
    private final TopologySpec topology;
    private final List<String> declared;

    Reach(TopologySpec topology) {
        this.topology = topology;
        this.declared = topology.nodes().stream().map(NodeSpec::name).toList();
    }

    /** The largest set of nodes with ways through each other: a hub or a neighbor that is away may part the rest. */
    Set<String> largest(Set<String> working, Collection<FaultRequested> faults) {
        Set<String> largest = Set.of();
        var left = new TreeSet<>(working);
        while (!left.isEmpty()) {
            var component = new TreeSet<String>();
            var next = new ArrayDeque<>(List.of(left.first()));
            while (!next.isEmpty()) {
                String node = next.remove();
                if (left.remove(node)) {
                    component.add(node);
                    peersOf(node, faults).stream().filter(left::contains).forEach(next::add);
                }
            }
            if (component.size() > largest.size()) {
                largest = component;
            }
        }
        return largest;
    }

    private List<String> peersOf(String node, Collection<FaultRequested> faults) {
        if (isIsolated(node, faults)) {
            return List.of();
        }
        return topology.layout().peersOf(declared.indexOf(node), declared.size()).stream()
                .map(declared::get)
                .filter(peer -> !isIsolated(peer, faults) && !isCut(node, peer, faults))
                .toList();
    }

    private static boolean isIsolated(String node, Collection<FaultRequested> faults) {
        return faults.stream()
                .anyMatch(
                        fault -> fault.targets().size() == 1 && fault.targets().contains(node));
    }

    private static boolean isCut(String a, String b, Collection<FaultRequested> faults) {
        return faults.stream()
                .anyMatch(fault -> fault.targets().size() == 2
                        && fault.targets().contains(a)
                        && fault.targets().contains(b));
    }
}
