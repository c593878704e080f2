package org.junitnomos.expectation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.SlotRules;
import org.junitnomos.topology.TopologySpec;

/**
 * Follows a journal slot by slot and tells what excuses a node just then. Only what was asked for excuses: a stop, a
 * kill, a pause, a fault of its links or of its clock. A node that ends by itself has no excuse.
 *
 * <p>Two rules of nodes outlast their cause. One that was paused plays the slots it missed later, so it does not lead
 * beside others until it is started anew (node contract 3.1). One that was started anew begins at genesis, and gets to
 * the chain with a block whose transactions it has: the first one may hold some from before its start, the second one
 * none, unless its own leader tried them on genesis and pruned them (node contract 3.5, 5.2). So each block that it
 * makes there delays it by one, at most k.
 *
 * <p>Feed it all events of a slot with {@link #accept}, then {@link #endSlot}.
 */
final class Excuses {
    /** Slots after its return in which nothing is claimed about blocks of a node: it does not have the tip yet. */
    private static final int CATCH_UP_SLOTS = 2;

    /** Blocks by which the chain grows until a node that was started anew has one that it can rebuild. */
    private static final int BLOCKS_TO_THE_CHAIN = 2;

    /** How long a node that answers may take until it is ready, in nanoseconds: the harness waits no longer. */
    private static final long GETS_READY_NANOS = 30_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /** Faults of nodes: the states of the nodes tell what they mean for the chain. A defect excuses nothing. */
    private static final List<String> OF_NODES = List.of(
            "stop",
            "start",
            "restart",
            "upgrade",
            "kill",
            "pause",
            "resume",
            "add",
            "remove",
            "withhold",
            "corrupt",
            "block peer",
            FaultSpans.DEFECT);

    private final TopologySpec topology;
    private final LeaderOdds odds;
    private final Reach reach;
    private final List<String> declared;
    private final Set<String> known;
    private final Set<String> removed = new TreeSet<>();
    private final Set<String> away = new TreeSet<>();
    private final Set<String> ended = new TreeSet<>();
    private final Set<String> starting = new TreeSet<>();
    private final Map<String, Long> answersSince = new TreeMap<>();
    private final Map<String, Long> back = new HashMap<>();
    private final Map<String, Long> lastExcuse = new HashMap<>();
    private final Map<String, Double> sinceExcuse = new HashMap<>();
    private final Map<String, Long> pausedIn = new HashMap<>();
    private final Map<String, Long> lostSlots = new HashMap<>();
    private final Set<String> anew = new TreeSet<>();
    private final Map<String, Long> beginsAt = new HashMap<>();
    private final Map<String, Integer> madeApart = new HashMap<>();
    private final Map<String, Long> apartAt = new HashMap<>();
    private final Map<Integer, FaultRequested> faults = new TreeMap<>();
    private @Nullable Set<String> together;
    private long height;
    private long slot = NEVER;

    Excuses(TopologySpec topology) {
        this.topology = topology;
        this.odds = new LeaderOdds(topology);
        this.reach = new Reach(topology);
        this.declared = topology.nodes().stream().map(NodeSpec::name).toList();
        this.known = new LinkedHashSet<>(declared);
    }

    /** Follows a run from the beginning of its drive until now. */
    static Excuses of(RunFacts facts) {
        var excuses = new Excuses(facts.run.scenario().topology());
        follow(facts, excuses::accept, excuses::endSlot);
        return excuses;
    }

    /** Hands over the events of a run slot by slot, each with its slot, and says when a slot has ended. */
    static void follow(RunFacts facts, ObjLongConsumer<JournalEvent> accept, LongConsumer endSlot) {
        var window = facts.slotsUntilNow();
        int next = 0;
        for (long slot = window.first(); slot < window.end(); slot++) {
            long end = window.endOf(slot);
            while (next < facts.events.size() && facts.events.get(next).at() < end) {
                var event = facts.events.get(next++);
                accept.accept(event, window.slotOf(event.at()));
            }
            endSlot.accept(slot);
        }
    }

    /** Whether a fault is one of links or clocks. */
    static boolean touchesNetwork(String kind) {
        return !OF_NODES.contains(kind);
    }

    /** Whether a clock is set to a wrong time, or back to the right one. */
    static boolean setsClock(JournalEvent event) {
        return event instanceof FaultRequested fault && fault.kind().contains("clock");
    }

    /** Takes the next event; {@code inSlot} is the slot in which it happened. */
    void accept(JournalEvent event, long inSlot) {
        if (event instanceof JournalEvent.BlockObserved block) {
            if (block.height() < height) {
                madeApart(block.node(), inSlot);
            }
            height = Math.max(height, block.height());
        } else if (event instanceof NodeStateChanged change) {
            take(change, inSlot);
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

    private void take(NodeStateChanged change, long inSlot) {
        answersSince.remove(change.node());
        if (change.state() == NodeState.API_READY && change.intended()) {
            answersSince.put(change.node(), inSlot);
        }
        changed(change, inSlot);
        lives(change, inSlot);
        together = null;
    }

    /** A node that answers but does not get ready has no excuse for ever. */
    private void endStarts(long ended) {
        if (answersSince.isEmpty()) {
            return; // as in most slots
        }
        long slots = GETS_READY_NANOS / topology.consensus().slotDuration().toNanos();
        new TreeMap<>(answersSince).forEach((node, since) -> {
            if (since + slots < ended) {
                take(new NodeStateChanged(0, node, NodeState.READY, true, ""), ended);
            }
        });
    }

    /** A fault that begins and ends within one slot excuses as well. */
    private void excuse(FaultRequested fault, long inSlot) {
        for (var node : fault.targets()) {
            lastExcuse.put(node, inSlot);
            madeApart.remove(node);
        }
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
            madeApart.remove(node);
            if (away.remove(node)) {
                back.put(node, inSlot);
            }
        }
    }

    /**
     * A block below the tip of the chain was made on a branch of its own by the node that shows it first: it is longer
     * on its way back, if it was on that.
     */
    private void madeApart(String node, long inSlot) {
        if (isCloseToAnExcuse(node)
                && madeApart.merge(node, 1, Integer::sum)
                        <= topology.consensus().securityParameter()) {
            lastExcuse.put(node, inSlot);
            beginsAt.computeIfPresent(node, (name, from) -> height);
        }
    }

    /** Keeps what a pause or a new life means for the time after it. */
    private void lives(NodeStateChanged change, long inSlot) {
        String node = change.node();
        switch (change.state()) {
            case PAUSED -> pausedIn.put(node, inSlot);
            case STOPPED, DEAD, REMOVED -> {
                pausedIn.remove(node);
                lostSlots.remove(node);
                anew.add(node);
            }
            case READY -> {
                var since = pausedIn.remove(node);
                if (since != null) {
                    lostSlots.merge(node, lostBy(inSlot - since), Long::sum);
                }
                if (anew.remove(node)) {
                    beginsAt.put(node, height);
                }
            }
            case SPAWNED, PORT_OPEN, API_READY, IMPAIRED -> {}
        }
    }

    /** Of the ticks that a halted node misses the first comes late, and the others never. */
    private long lostBy(long missed) {
        long slotNanos = topology.consensus().slotDuration().toNanos();
        return missed >= 2 && missed * slotNanos >= SlotRules.SHORTEST_HALT_NANOS ? missed - 1 : 0;
    }

    /** Says that all events of a slot were taken. */
    void endSlot(long ended) {
        slot = ended;
        endStarts(ended);
        excuseAll(ended);
        double silence = SlotOdds.silence(topology, odds, leaders());
        for (var node : known) {
            if (lastExcuse.getOrDefault(node, NEVER) == ended) {
                sinceExcuse.put(node, 0.0);
                apartAt.put(node, height);
            } else {
                sinceExcuse.merge(node, silence, Double::sum);
            }
        }
    }

    private void excuseAll(long ended) {
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

    /**
     * Whether a node has an excuse in the slot that ended last, or had one at most so many slots before. Those are
     * slots in which all nodes lead: one in which fewer do counts for less, as the next block takes longer to come.
     */
    boolean isExcused(String node, long catchUp) {
        return lastExcuse.containsKey(node) && sinceExcuse.getOrDefault(node, 0.0) <= catchUp;
    }

    /** Whether a node was apart so lately that no block may have brought it back yet, however long ago that was. */
    boolean isOnItsWayBack(String node) {
        return isKept() && isCloseToAnExcuse(node);
    }

    private boolean isCloseToAnExcuse(String node) {
        // one block more: the last one may still be on its way to the node
        return apartAt.containsKey(node) && height <= apartAt.get(node) + BLOCKS_TO_THE_CHAIN;
    }

    /** Whether every node of the plan was there in so many slots, the one that ended last included. */
    boolean areAllUp(long slots) {
        return removed.isEmpty() && ended.isEmpty() && known.stream().noneMatch(node -> isExcused(node, slots));
    }

    /**
     * The nodes with stake of the plan that can build one chain together in the slot that ended last. Of those that
     * were paused, only the ones that lost the fewest slots: others never have a slot above that of the tip.
     */
    Set<String> leaders() {
        var onChain = onChain();
        long least = leastLost(onChain);
        var leaders = new TreeSet<>(onChain);
        leaders.removeIf(node -> lost(node) != least);
        return leaders;
    }

    /** How many slots the nodes that lead are behind the clock, because all of them were paused. */
    long slotsBehind() {
        return leastLost(onChain());
    }

    private long leastLost(List<String> nodes) {
        return nodes.stream().mapToLong(this::lost).min().orElse(0);
    }

    private long lost(String node) {
        return lostSlots.getOrDefault(node, 0L);
    }

    /**
     * Whether a node has the chain: not if all were started anew at once, and nothing excuses what follows from that.
     */
    private boolean isKept() {
        return declared.stream().anyMatch(node -> !anew.contains(node) && !isAtGenesis(node));
    }

    private List<String> onChain() {
        boolean isKept = isKept();
        return together().stream()
                .filter(node -> slot >= back.getOrDefault(node, NEVER) + CATCH_UP_SLOTS)
                .filter(node -> !isKept || !isAtGenesis(node))
                .toList();
    }

    /** Whether a node that was started anew may not have found the chain yet. */
    private boolean isAtGenesis(String node) {
        var from = beginsAt.get(node);
        return from != null && height < from + BLOCKS_TO_THE_CHAIN;
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
            known = reach.largest(working(), faults.values());
            together = known;
        }
        return known;
    }
}
