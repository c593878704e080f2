package org.junitnomos.expectation;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/**
 * Follows a journal slot by slot and tells what excuses a node just then. Only what was asked for excuses: a stop, a
 * kill, a pause, a fault of its links or of its clock. A node that ends by itself has no excuse.
 *
 * <p>Feed it all events of a slot with {@link #accept}, then {@link #endSlot}.
 */
final class Excuses {
    /** Slots after its return in which nothing is claimed about blocks of a node: it does not have the tip yet. */
    private static final int CATCH_UP_SLOTS = 2;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /** Faults of nodes: the states of the nodes tell what they mean for the chain. */
    private static final List<String> OF_NODES = List.of(
            "stop",
            "start",
            "restart",
            "kill",
            "pause",
            "resume",
            "add",
            "remove",
            "withhold",
            "corrupt",
            "block peer");

    private final TopologySpec topology;
    private final List<String> declared;
    private final Set<String> known;
    private final Set<String> removed = new TreeSet<>();
    private final Set<String> away = new TreeSet<>();
    private final Set<String> ended = new TreeSet<>();
    private final Set<String> starting = new TreeSet<>();
    private final Map<String, Long> back = new HashMap<>();
    private final Map<String, Long> lastExcuse = new HashMap<>();
    private final Map<Integer, FaultRequested> faults = new TreeMap<>();
    private @Nullable Set<String> together;
    private long slot = NEVER;

    Excuses(TopologySpec topology) {
        this.topology = topology;
        this.declared = topology.nodes().stream().map(NodeSpec::name).toList();
        this.known = new LinkedHashSet<>(declared);
    }

    /** Whether a fault is one of links or clocks. */
    static boolean touchesNetwork(String kind) {
        return !OF_NODES.contains(kind);
    }

    /** Takes the next event; {@code inSlot} is the slot in which it happened. */
    void accept(JournalEvent event, long inSlot) {
        if (event instanceof NodeStateChanged change) {
            changed(change, inSlot);
            together = null;
        } else if (event instanceof FaultRequested fault && touchesNetwork(fault.kind())) {
            faults.put(fault.fault(), fault);
            excuse(fault, inSlot);
            together = null;
        } else if (event instanceof JournalEvent.FaultHealed healed) {
            var fault = faults.remove(healed.fault());
            if (fault != null) {
                excuse(fault, inSlot);
                together = null;
            }
        }
    }

    /** A fault that begins and ends within one slot excuses as well. */
    private void excuse(FaultRequested fault, long inSlot) {
        fault.targets().forEach(node -> lastExcuse.put(node, inSlot));
    }

    private void changed(NodeStateChanged change, long inSlot) {
        String node = change.node();
        known.add(node);
        if (change.state() == NodeState.REMOVED) {
            removed.add(node);
        } else if (!change.intended()) {
            if (RunFacts.isAway(change.state())) {
                away.remove(node); // it ended by itself: what was asked of it before is over
                ended.add(node);
                starting.remove(node);
            }
        } else if (RunFacts.isAway(change.state())) {
            away.add(node);
        } else if (change.state() != NodeState.READY) {
            starting.add(node);
        } else {
            starting.remove(node);
            lastExcuse.put(node, inSlot);
            if (away.remove(node)) {
                back.put(node, inSlot);
            }
        }
    }

    /** Says that all events of a slot were taken. */
    void endSlot(long ended) {
        slot = ended;
        var main = main();
        for (var node : known) {
            boolean apart = declared.contains(node) && !main.contains(node);
            if (apart || away.contains(node) || starting.contains(node) || isFaulty(node)) {
                lastExcuse.put(node, ended);
            }
        }
    }

    private boolean isFaulty(String node) {
        return faults.values().stream().anyMatch(fault -> fault.targets().contains(node));
    }

    /** Whether a fault of links or clocks is in force. */
    boolean isNetworkFaulty() {
        return !faults.isEmpty();
    }

    /** The nodes that were seen so far and not removed: those of the plan first. */
    Collection<String> members() {
        return known.stream().filter(node -> !removed.contains(node)).toList();
    }

    /** Whether a node has an excuse in the slot that ended last, or had one at most so many slots before. */
    boolean isExcused(String node, long catchUp) {
        return slot <= lastExcuse.getOrDefault(node, NEVER) + catchUp;
    }

    /** Whether every node of the plan was there in so many slots, the one that ended last included. */
    boolean areAllUp(long slots) {
        return removed.isEmpty() && ended.isEmpty() && known.stream().noneMatch(node -> isExcused(node, slots));
    }

    /** The number of nodes with stake that can build one chain together in the slot that ended last. */
    int leaders() {
        return (int) together().stream()
                .filter(node -> slot >= back.getOrDefault(node, NEVER) + CATCH_UP_SLOTS)
                .count();
    }

    private Set<String> working() {
        var working = new TreeSet<>(declared);
        working.removeAll(away);
        working.removeAll(removed);
        return working;
    }

    /** The nodes that are connected with more than half of those not away; empty if there are none. */
    private Set<String> main() {
        return 2 * together().size() > working().size() ? together() : Set.of();
    }

    private Set<String> together() {
        var known = together;
        if (known == null) {
            known = largest(working());
            together = known;
        }
        return known;
    }

    /** The largest set of nodes with ways through each other: a hub or a neighbor that is away may part the rest. */
    private Set<String> largest(Set<String> working) {
        Set<String> largest = Set.of();
        var left = new TreeSet<>(working);
        while (!left.isEmpty()) {
            var component = new TreeSet<String>();
            var next = new ArrayDeque<>(List.of(left.first()));
            while (!next.isEmpty()) {
                String node = next.remove();
                if (left.remove(node)) {
                    component.add(node);
                    peersOf(node).stream().filter(left::contains).forEach(next::add);
                }
            }
            if (component.size() > largest.size()) {
                largest = component;
            }
        }
        return largest;
    }

    private List<String> peersOf(String node) {
        if (isIsolated(node)) {
            return List.of();
        }
        return topology.layout().peersOf(declared.indexOf(node), declared.size()).stream()
                .map(declared::get)
                .filter(peer -> !isIsolated(peer) && !isCut(node, peer))
                .toList();
    }

    private boolean isIsolated(String node) {
        return faults.values().stream()
                .anyMatch(
                        fault -> fault.targets().size() == 1 && fault.targets().contains(node));
    }

    private boolean isCut(String a, String b) {
        return faults.values().stream()
                .anyMatch(fault -> fault.targets().size() == 2
                        && fault.targets().contains(a)
                        && fault.targets().contains(b));
    }
}
