package org.junitnomos.expectation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * Compute, from a journal, the chance that each slot of the run window extends the longest chain.
 *
 * <p>A slot is won with the chance of the stake of the nodes that were up (node contract 3.3); a node counts again two
 * slots after it came back. Slots in which a fault of the network or of a clock was in force have chance 0: nothing is
 * claimed about them. A block needs time to reach the next leader: with a delay of d slots between nodes a chain grows
 * at {@code p / (1 + p d)} instead of {@code p}.
 *
 * @param firstSlot first slot that lies wholly in the window
 * @param chances one chance a slot
 * @param silent number of slots of which nothing is claimed
 */
record SlotOdds(long firstSlot, double[] chances, int silent) {
    private static final int CATCH_UP_SLOTS = 2;

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

    static SlotOdds of(TopologySpec topology, List<JournalEvent> events, long chainStart, long from, long until) {
        long slot = topology.consensus().slotDuration().toNanos();
        long first = Math.floorDiv(from - chainStart + slot - 1, slot);
        long last = Math.floorDiv(until - chainStart, slot);
        var chances = new double[(int) Math.max(0, last - first)];
        var down = new TreeSet<String>();
        var leaders = topology.nodes().stream().map(NodeSpec::name).toList();
        var faults = new LinkedHashSet<Integer>();
        int next = 0;
        int silent = 0;
        var back = new TreeMap<String, Long>();
        for (int i = 0; i < chances.length; i++) {
            long end = chainStart + (first + i + 1) * slot;
            boolean faulty = !faults.isEmpty();
            while (next < events.size() && events.get(next).at() < end) {
                apply(events.get(next++), first + i, down, back, faults);
                faulty |= !faults.isEmpty();
            }
            long here = first + i;
            back.values().removeIf(since -> here >= since + CATCH_UP_SLOTS);
            if (faulty) {
                silent++;
                continue;
            }
            var away = new TreeSet<String>(down);
            away.addAll(back.keySet());
            away.retainAll(leaders); // a node that was added has no stake
            chances[i] = chance(topology, Math.max(0, topology.size() - away.size()));
        }
        return new SlotOdds(first, chances, silent);
    }

    /** The chance of a slot in which every node is up. */
    static double healthyChance(TopologySpec topology) {
        return chance(topology, topology.size());
    }

    private static double chance(TopologySpec topology, int leaders) {
        double won = topology.chanceOfBlock(leaders);
        return won / (1 + won * delayInSlots(topology));
    }

    private static void apply(
            JournalEvent event, long slot, Set<String> down, Map<String, Long> back, Set<Integer> faults) {
        if (event instanceof JournalEvent.NodeStateChanged change) {
            if (RunFacts.isAway(change.state())) {
                down.add(change.node());
                back.remove(change.node());
            } else if (down.remove(change.node())) {
                back.put(change.node(), slot);
            }
        } else if (event instanceof JournalEvent.FaultRequested fault && touchesNetwork(fault.kind())) {
            faults.add(fault.fault());
        } else if (event instanceof JournalEvent.FaultHealed healed) {
            faults.remove(healed.fault());
        }
    }

    static boolean touchesNetwork(String kind) {
        return !OF_NODES.contains(kind);
    }

    /** The longest way of a block through the layout, in slots. */
    static double delayInSlots(TopologySpec topology) {
        int hops = switch (topology.layout()) {
            case FULL -> 1;
            case STAR -> 2;
            case CHAIN -> Math.max(1, topology.size() - 1);
        };
        Duration hop = topology.links().latency().plus(topology.links().jitter());
        return (double) hops
                * hop.toNanos()
                / topology.consensus().slotDuration().toNanos();
    }
}
